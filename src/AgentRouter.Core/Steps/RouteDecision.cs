namespace AgentRouter.Steps;

/// <summary>What the router chose for a step, and why.</summary>
public sealed record RouteDecision
{
    /// <summary>Gets the model that was chosen.</summary>
    public required Candidate Chosen { get; init; }

    /// <summary>Gets all candidates in the order of their tiers, the gated ones included.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Gets the name of the policy that chose.</summary>
    public required string Policy { get; init; }

    /// <summary>Gets why, in a few words for people: <c>rule 2: visits > 1</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets a value indicating whether the policy gave the task up instead of choosing: nothing is sent.</summary>
    public bool GivesUp { get; init; }

    /// <summary>Gets the step that was decided.</summary>
    public required StepContext Step { get; init; }
}
