namespace AgentRouter.Tools.Health;

/// <summary>The constants of tool health. Ranges of the factors are those that the Self-Healing Router (arXiv) proposes for its production weight.</summary>
internal static class ToolHealthDefaults
{
    /// <summary>How many failures in a row make a tool rest.</summary>
    public const int FailuresBeforeRest = 3;

    /// <summary>How many of the last calls count for the share of errors.</summary>
    public const int ErrorCalls = 100;

    /// <summary>How many of the last good calls count for the latency.</summary>
    public const int LatencyCalls = 20;

    /// <summary>A fast tool is up to half as dear, a slow one up to ten times as dear.</summary>
    public const double LeastLatencyFactor = 0.5;

    /// <inheritdoc cref="LeastLatencyFactor"/>
    public const double MostLatencyFactor = 10;

    /// <summary>A tool that always fails is 50 times as dear, as long as it does not rest.</summary>
    public const double MostReliabilityFactor = 50;

    /// <summary>Good calls that are assumed beside those that were made, so that one failure is not taken for an outage.</summary>
    public const double AssumedSuccesses = 2;

    /// <summary>The share of a rate limit from which a tool becomes dearer: twice at 95 %, infinite at 100 %.</summary>
    public const double RateLimitKnee = 0.8;

    /// <summary>The share at which the weight is doubled.</summary>
    public const double RateLimitDouble = 0.95;

    /// <summary>How dear a tool is just after its rest: it is tried when the ways around are dear too.</summary>
    public const double ComingBackFactor = 10;

    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan ErrorWindow = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan UsualLatency = TimeSpan.FromMilliseconds(100);
}
