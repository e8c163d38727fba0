namespace AgentRouter.Memory.Storage;

/// <summary>Notes that something was learned from a node, so that no model is asked about it again. It is erased with its node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Recipe">The version of the way in which it was learned, from 1: a later one may learn from the node anew.</param>
/// <param name="UpTo">Of a concept the number of the last node that was thought about with it; 0 of other nodes.</param>
public readonly record struct MemoryMark(NodeKey Node, int Recipe, long UpTo = 0);
