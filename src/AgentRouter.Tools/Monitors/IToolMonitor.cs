namespace AgentRouter.Tools.Monitors;

/// <summary>Looks at each call before it is made, and may keep it from being made. Thread-safe; shared by all goals of a healer.</summary>
public interface IToolMonitor
{
    /// <summary>Gets its name in events.</summary>
    string Name { get; }

    /// <summary>Looks at a call. All monitors look at the same time; one that throws says nothing.</summary>
    /// <param name="context">The call.</param>
    /// <param name="cancellationToken">Is cancelled when nobody waits for the signal any more.</param>
    ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken);
}
