namespace AgentRouter.Tools.Monitors;

/// <summary>Asks a memory whether a call has gone wrong before.</summary>
/// <param name="recall">What is remembered against a call: a reason to take another path, or <see langword="null"/>. It may look anywhere, in a graph memory for example; text
/// that it returns is shown as it is.</param>
public sealed class MemoryMonitor(Func<MonitorContext, CancellationToken, ValueTask<string?>> recall) : IToolMonitor
{
    private const double Remembered = 0.92;

    private readonly Func<MonitorContext, CancellationToken, ValueTask<string?>> _recall = recall ?? throw new ArgumentNullException(nameof(recall));

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public async ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken) =>
        await _recall(context, cancellationToken) is { } reason ? new MonitorSignal(Remembered, MonitorAction.Reroute, reason) : MonitorSignal.Quiet;
}
