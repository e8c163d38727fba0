using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>Names a node by what it is and its key, before it has a number.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Key">The key.</param>
public readonly record struct NodeKey(MemoryNodeKind Kind, string Key);
