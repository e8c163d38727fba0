namespace AgentRouter.Tools.Health;

/// <summary>How the health of tools is measured, and what it does to their weights.</summary>
public sealed class ToolHealthOptions
{
    /// <summary>Gets or sets how many failures in a row make a tool rest, from 1. The default is 3.</summary>
    public int FailuresBeforeRest { get; set; } = ToolHealthDefaults.FailuresBeforeRest;

    /// <summary>Gets or sets the first rest, up to an hour; each further one doubles. The default is 10 seconds.</summary>
    public TimeSpan FirstRest { get; set; } = ToolHealthDefaults.FirstRest;

    /// <summary>Gets or sets the longest rest, up to a day. The default is 5 minutes.</summary>
    public TimeSpan LongestRest { get; set; } = ToolHealthDefaults.LongestRest;

    /// <summary>Gets or sets the time within which calls count for the share of errors, up to a day. The default is 15 minutes.</summary>
    public TimeSpan ErrorWindow { get; set; } = ToolHealthDefaults.ErrorWindow;

    /// <summary>Gets or sets the latency at which the weight is left as it is, above zero; twice it doubles the weight. The default is 100 milliseconds.</summary>
    public TimeSpan UsualLatency { get; set; } = ToolHealthDefaults.UsualLatency;

    internal ToolHealthOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FailuresBeforeRest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstRest, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstRest, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestRest, FirstRest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LongestRest, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ErrorWindow, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ErrorWindow, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(UsualLatency, TimeSpan.Zero);
        return new ToolHealthOptions
        {
            FailuresBeforeRest = FailuresBeforeRest,
            FirstRest = FirstRest,
            LongestRest = LongestRest,
            ErrorWindow = ErrorWindow,
            UsualLatency = UsualLatency,
        };
    }
}
