using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Run.Views;

/// <summary>One event a line, as JSON, for programs.</summary>
internal sealed class JsonLinesView(TextWriter lines) : IRunView
{
    /// <inheritdoc/>
    public void Show(RunEvent runEvent)
    {
        lines.Write(RunEventJson.Serialize(runEvent) + "\n");
        lines.Flush();
    }

    /// <inheritdoc/>
    public Task<T> PauseAsync<T>(Func<Task<T>> ask) => ask();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
