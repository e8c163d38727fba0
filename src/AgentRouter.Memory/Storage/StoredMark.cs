namespace AgentRouter.Memory.Storage;

/// <summary>A mark as it is kept.</summary>
/// <param name="Node">The node's number.</param>
/// <param name="Recipe">The version of the way in which something was learned from it.</param>
/// <param name="UpTo">Of a concept the number of the last node that was thought about with it; 0 of other nodes.</param>
public readonly record struct StoredMark(long Node, int Recipe, long UpTo);
