using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Retrieval;

/// <summary>A step on the way to something that was found.</summary>
/// <param name="Node">The number of the node that the step comes to.</param>
/// <param name="Kind">What the node is.</param>
/// <param name="Text">The beginning of its text.</param>
/// <param name="Edge">The edge that it took, <see langword="null"/> for the beginning, which the question matched by its words.</param>
public sealed record RecallStep(long Node, MemoryNodeKind Kind, string Text, MemoryEdgeKind? Edge);
