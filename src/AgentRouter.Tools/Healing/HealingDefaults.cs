namespace AgentRouter.Tools.Healing;

/// <summary>The constants of the healing loop.</summary>
internal static class HealingDefaults
{
    public const int MaxParallel = 4;

    /// <summary>A way through that fails so often is none; also what keeps the loop from going on for ever.</summary>
    public const int MaxFailures = 30;

    public const int MaxEscalations = 3;

    /// <summary>Below the priorities of an outage (0.99) and of a high risk (0.95), at those of lost progress, money and intent (0.90 to 0.93).</summary>
    public const double InterruptAt = 0.9;

    /// <summary>A tool that has just failed is this much dearer for this goal, each time: it is tried again where the way around costs more.</summary>
    public const double FailedFactor = 3;

    /// <summary>The most characters of a failure's message.</summary>
    public const int MaxMessage = 500;

    /// <summary>The first pause before a call is made again; each further one doubles.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How long a call that has run out of time is given to end in order.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);
}
