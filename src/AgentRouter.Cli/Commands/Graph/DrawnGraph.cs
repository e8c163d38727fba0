namespace AgentRouter.Cli.Commands.Graph;

/// <summary>A graph as it is drawn, in any format.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Nodes">The nodes in order.</param>
/// <param name="Edges">The edges in order.</param>
internal sealed record DrawnGraph(string Title, IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnEdge> Edges);

/// <summary>A node.</summary>
/// <param name="Key">What edges call it; unique.</param>
/// <param name="Lines">What is written in it, the first line as its name.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record DrawnNode(string Key, IReadOnlyList<string> Lines, NodeShape Shape);

/// <summary>An edge.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Label">What is written at it, or <see langword="null"/>.</param>
/// <param name="IsDashed">Whether it is dashed: the way after a failure, or a part of a node.</param>
internal sealed record DrawnEdge(string From, string To, string? Label, bool IsDashed = false);

/// <summary>The shapes that all formats know.</summary>
internal enum NodeShape
{
    /// <summary>A step of work by an agent.</summary>
    Rounded,

    /// <summary>A tool, or a thing.</summary>
    Box,

    /// <summary>A choice.</summary>
    Diamond,

    /// <summary>Several at the same time.</summary>
    Hexagon,

    /// <summary>A person.</summary>
    Slanted,

    /// <summary>The end.</summary>
    Circle,
}
