namespace AgentRouter.Tools.Monitors;

/// <summary>What a monitor has to say before a call.</summary>
/// <param name="Priority">How urgent it is, 0 to 1. The highest of all monitors wins.</param>
/// <param name="Action">What is to happen, where the priority is high enough.</param>
/// <param name="Message">Why.</param>
public readonly record struct MonitorSignal(double Priority, MonitorAction Action, string Message)
{
    /// <summary>Gets the signal of a monitor that has nothing to say.</summary>
    public static MonitorSignal Quiet => new(0.1, MonitorAction.None, "");
}
