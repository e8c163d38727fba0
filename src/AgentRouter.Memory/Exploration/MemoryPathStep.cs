using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Exploration;

/// <summary>A step of a path between two nodes.</summary>
/// <param name="Node">The node that the step comes to.</param>
/// <param name="Edge">The edge that it took, <see langword="null"/> at the beginning.</param>
/// <param name="IsForward">Whether it took the edge in its direction, not against it.</param>
public sealed record MemoryPathStep(MemoryNode Node, MemoryEdgeKind? Edge, bool IsForward);
