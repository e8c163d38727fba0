namespace AgentRouter.Routing.Health;

/// <summary>When and for how long a failing model rests.</summary>
public sealed class ModelHealthOptions
{
    /// <summary>Gets or sets how many failures in a row make a model rest, from 1. The default is 3.</summary>
    public int FailuresBeforeRest { get; set; } = 3;

    /// <summary>Gets or sets the first rest, up to an hour; each further failure doubles it. The default is 10 seconds.</summary>
    public TimeSpan FirstRest { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the longest rest, up to a day. The default is 5 minutes.</summary>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(5);

    internal ModelHealthOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FailuresBeforeRest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstRest, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstRest, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestRest, FirstRest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LongestRest, TimeSpan.FromDays(1));
        return this;
    }
}
