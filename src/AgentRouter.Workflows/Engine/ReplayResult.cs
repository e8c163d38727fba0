using AgentRouter.Events;
using AgentRouter.Steps;
using AgentRouter.Workflows.Journal;

namespace AgentRouter.Workflows.Engine;

/// <summary>What came of doing a recorded run again.</summary>
public sealed record ReplayResult
{
    /// <summary>Gets the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the number of events of its journal.</summary>
    public required int Events { get; init; }

    /// <summary>Gets the number of decisions that were made again.</summary>
    public required int Decisions { get; init; }

    /// <summary>Gets the first event that differs, or <see langword="null"/> when everything is as it is recorded.</summary>
    public JournalMismatchException? Mismatch { get; init; }

    /// <summary>Gets how the run ended in the replay.</summary>
    public required RunResult Result { get; init; }
}

/// <summary>A decision of a recorded run and the one that is made now.</summary>
/// <param name="Recorded">What was decided, with all candidates.</param>
/// <param name="Now">What the router decides now at the same step of the same run.</param>
public sealed record ReplayedDecision(StepRouted Recorded, RouteDecision Now);
