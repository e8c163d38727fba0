namespace AgentRouter.Memory.Retrieval.Walk;

/// <summary>A walk that was made: where it began, and what part of it came to which place.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Begins">What part of the walks begins at each place.</param>
/// <param name="Reached">What part of the walks is at each place.</param>
/// <param name="BestMatch">The score of the best match among the beginnings.</param>
internal sealed record NameWalk(WalkGraph Graph, double[] Begins, double[] Reached, float BestMatch);
