namespace AgentRouter.Tools.Monitors;

/// <summary>Keeps tools from being called that rest.</summary>
public sealed class HealthMonitor : IToolMonitor
{
    /// <summary>The priority of a tool that may not be called.</summary>
    public const double Down = 0.99;

    /// <inheritdoc/>
    public string Name => "health";

    /// <inheritdoc/>
    public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(double.IsFinite(context.Health.Factor())
            ? MonitorSignal.Quiet
            : new MonitorSignal(Down, MonitorAction.Reroute, "The tool rests, or its calls are used up."));
    }
}
