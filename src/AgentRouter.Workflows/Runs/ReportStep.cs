using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs;

/// <summary>A routed LLM call in a <see cref="RunReport"/>; its retries and fallbacks are summed up in it.</summary>
public sealed record ReportStep
{
    /// <summary>Gets the step's number in the run.</summary>
    public required int Step { get; init; }

    /// <summary>Gets the path of the node.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the agent.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the model that answered, or the one that was tried last.</summary>
    public string Model { get; init; } = "";

    /// <summary>Gets the model's tier.</summary>
    public string Tier { get; init; } = "";

    /// <summary>Gets why the router chose it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Gets the tokens that were reported.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>Gets what was booked.</summary>
    public Money Cost { get; init; }

    /// <summary>Gets how many requests went out.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets a value indicating whether an answer came.</summary>
    public bool Answered { get; init; }

    /// <summary>Gets the time to the answer.</summary>
    public TimeSpan Latency { get; init; }
}
