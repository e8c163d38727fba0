using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies;

/// <summary>What a policy chose.</summary>
/// <param name="Candidate">The model.</param>
/// <param name="Reason">Why, in a few words for people.</param>
public readonly record struct PolicyChoice(Candidate Candidate, string Reason);
