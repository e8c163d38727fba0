namespace AgentRouter.Workflows.Drawing;

/// <summary>A graph as it is drawn, in any format.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Nodes">The nodes in order.</param>
/// <param name="Edges">The edges in order; their ends are keys of nodes.</param>
public sealed record DrawnGraph(string Title, IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnEdge> Edges);
