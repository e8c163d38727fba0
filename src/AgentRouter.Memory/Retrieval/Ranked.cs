namespace AgentRouter.Memory.Retrieval;

/// <summary>A node in its place for a question.</summary>
/// <param name="Id">The node.</param>
/// <param name="Score">Its score: about the share of the question that it and what leads to it hold, and what else speaks for it.</param>
internal readonly record struct Ranked(int Id, float Score);
