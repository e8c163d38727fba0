namespace AgentRouter.Memory.Storage;

/// <summary>A node that holds and from which nothing was learned yet.</summary>
/// <param name="Id">The node's number.</param>
/// <param name="SourceId">The source that it is part of, 0 for none.</param>
/// <param name="Length">The characters of its text and of the description of what is attached to it.</param>
public readonly record struct UnmarkedNode(long Id, long SourceId, int Length);
