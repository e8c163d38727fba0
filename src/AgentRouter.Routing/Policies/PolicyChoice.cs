using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies;

/// <summary>What a policy chose.</summary>
/// <param name="Candidate">The model.</param>
/// <param name="Reason">Why, in a few words for people.</param>
public readonly record struct PolicyChoice(Candidate Candidate, string Reason)
{
    /// <summary>Gets a value indicating whether the policy gives the task up here: no model is worth its price any more. Nothing is
    /// sent; the caller gets a <see cref="TaskGivenUpException"/> with the reason.</summary>
    public bool GivesUp { get; init; }
}
