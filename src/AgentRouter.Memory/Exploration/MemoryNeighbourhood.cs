using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Exploration;

/// <summary>What is around a node of the memory graph.</summary>
public sealed record MemoryNeighbourhood
{
    /// <summary>Gets the nodes: the middle, then the others, the nearest over strong edges first.</summary>
    public required IReadOnlyList<MemoryNeighbour> Nodes { get; init; }

    /// <summary>Gets the edges between these nodes, in the order of the nodes that they leave.</summary>
    public required IReadOnlyList<MemoryEdge> Edges { get; init; }

    /// <summary>Gets how many nodes were seen that are no farther away and have no place here. There may be more behind them.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Gets the middle.</summary>
    public MemoryNeighbour Middle => Nodes[0];
}
