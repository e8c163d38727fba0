using AgentRouter.Failures;
using AgentRouter.Pricing;

namespace AgentRouter.Steps;

/// <summary>What came of a decision.</summary>
public sealed record StepOutcome
{
    /// <summary>Gets whether the node's work was verified: tests passed, a checker agreed, the schema fitted;
    /// <see langword="null"/> when nothing verified it.</summary>
    public bool? Verified { get; init; }

    /// <summary>Gets what the call was booked at.</summary>
    public Money Cost { get; init; }

    /// <summary>Gets the tokens the provider reported, or <see langword="null"/> when it reported none.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets the time from sending to the end of the answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Gets how the call failed, or <see langword="null"/> when it was answered.</summary>
    public FailureClass? Failure { get; init; }

    /// <summary>Gets a value indicating whether it is told again, from the journal of a run that goes on: what outlives a task has
    /// learned it already.</summary>
    public bool IsRepeated { get; init; }
}
