using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Embed;

/// <summary>Tells a person how far embedding is: one line on standard error that is wiped at the end. Silent when that is no terminal.</summary>
internal sealed class EmbedProgress(IAnsiConsole error) : IProgress<long>, IDisposable
{
    private const string Wipe = "\r\u001b[K";
    private bool _isShown;

    /// <inheritdoc/>
    public void Report(long value)
    {
        if (!error.Profile.Capabilities.Ansi)
            return;
        _isShown = true;
        error.Write(new ControlCode(Wipe));
        error.Write($"embedded {Numbers.Of(value, "text")}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShown)
            error.Write(new ControlCode(Wipe));
        _isShown = false;
    }
}
