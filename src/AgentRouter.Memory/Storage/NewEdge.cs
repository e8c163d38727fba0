using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>An edge to be written.</summary>
/// <param name="From">The node that it leaves.</param>
/// <param name="To">The node that it reaches.</param>
/// <param name="Kind">What one has to do with the other.</param>
/// <param name="Weight">How strong it is, above 0 and at most 1.</param>
/// <param name="Relation">In which ways it relates the two.</param>
public readonly record struct NewEdge(NodeKey From, NodeKey To, MemoryEdgeKind Kind, float Weight, MemoryRelation Relation);
