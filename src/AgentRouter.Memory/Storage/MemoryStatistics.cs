using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>How much a scope remembers.</summary>
/// <param name="Nodes">The nodes of each kind.</param>
/// <param name="Superseded">Those that hold no longer.</param>
/// <param name="Edges">The edges of each kind.</param>
/// <param name="Bytes">The bytes on disk.</param>
public sealed record MemoryStatistics(
    IReadOnlyDictionary<MemoryNodeKind, long> Nodes, long Superseded, IReadOnlyDictionary<MemoryEdgeKind, long> Edges, long Bytes);
