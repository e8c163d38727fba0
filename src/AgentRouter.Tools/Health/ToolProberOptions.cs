namespace AgentRouter.Tools.Health;

/// <summary>When tools are probed.</summary>
public sealed class ToolProberOptions
{
    /// <summary>Gets or sets the time between two probes of a tool, from a second to an hour. The default is 15 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long a probe may take, up to a minute. The default is 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    internal ToolProberOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Interval, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromMinutes(1));
        return new ToolProberOptions { Interval = Interval, Timeout = Timeout };
    }
}
