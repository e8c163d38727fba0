namespace AgentRouter.Memory.Graph;

/// <summary>An edge of the memory graph, from one node to another of the same scope.</summary>
/// <param name="From">The number of the node that it leaves.</param>
/// <param name="To">The number of the node that it reaches.</param>
/// <param name="Kind">What one has to do with the other.</param>
/// <param name="Weight">How strong it is, above 0 and at most 1.</param>
/// <param name="Relation">In which ways it relates the two.</param>
public readonly record struct MemoryEdge(long From, long To, MemoryEdgeKind Kind, float Weight, MemoryRelation Relation);
