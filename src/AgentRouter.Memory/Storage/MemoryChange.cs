using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>Nodes and edges that are written together or not at all.</summary>
public sealed record MemoryChange
{
    /// <summary>Gets the source that the change brings, if it brings one.</summary>
    public SourceChange? Source { get; init; }

    /// <summary>Gets the nodes. One of a kind and key that is there already stays as it is.</summary>
    /// <remarks>In a change with a source, the <see cref="MemoryNode.SourceId"/> of episodes is set to it by the store. Episodes carry a hash of their content in
    /// <see cref="NewNode.ContentHash"/>.</remarks>
    public IReadOnlyList<NewNode> Nodes { get; init; } = [];

    /// <summary>Gets the edges. One of the same two nodes and kind that is there already stays as it is. Where one names a node that is neither there nor in the
    /// change, because somebody erased it in between or it never was there, nothing is written: <see cref="MemoryConflictException"/>.</summary>
    public IReadOnlyList<NewEdge> Edges { get; init; } = [];

    /// <summary>Gets what holds no longer: nodes, and the time at which they ceased to. One that ceased to hold before stays as it is.</summary>
    public IReadOnlyList<Supersession> Superseded { get; init; } = [];

    /// <summary>Gets which nodes something was learned from. Where a node has a mark as new as that already, somebody else was faster:
    /// <see cref="MemoryConflictException"/>, and nothing of the change is written.</summary>
    public IReadOnlyList<MemoryMark> Marks { get; init; } = [];
}
