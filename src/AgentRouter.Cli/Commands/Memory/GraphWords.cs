using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Cli.Commands.Memory;

/// <summary>Nodes and edges of the memory graph in words.</summary>
internal static class GraphWords
{
    /// <summary>Names a kind of nodes.</summary>
    public static string Of(MemoryNodeKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Names several of a kind.</summary>
    public static string Many(MemoryNodeKind kind) => Of(kind) + "s";

    /// <summary>Says what the node where an edge begins has to do with the other one.</summary>
    public static string Of(MemoryEdgeKind kind) => kind switch
    {
        MemoryEdgeKind.PartOf => "part of",
        MemoryEdgeKind.Next => "next",
        MemoryEdgeKind.Mentions => "mentions",
        MemoryEdgeKind.About => "about",
        MemoryEdgeKind.DerivedFrom => "derived from",
        MemoryEdgeKind.Supports => "supports",
        MemoryEdgeKind.Contradicts => "contradicts",
        MemoryEdgeKind.Supersedes => "supersedes",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of edges."),
    };

    /// <summary>Says the same from the other end.</summary>
    public static string Against(MemoryEdgeKind kind) => kind switch
    {
        MemoryEdgeKind.PartOf => "part",
        MemoryEdgeKind.Next => "before",
        MemoryEdgeKind.Mentions => "mentioned in",
        MemoryEdgeKind.About => "subject of",
        MemoryEdgeKind.DerivedFrom => "origin of",
        MemoryEdgeKind.Supports => "supported by",
        MemoryEdgeKind.Contradicts => "contradicted by",
        MemoryEdgeKind.Supersedes => "superseded by",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of edges."),
    };

    /// <summary>Names a node on one line: a concept and a source by name, what was said by who said it and its beginning.</summary>
    /// <param name="node">The node.</param>
    /// <param name="length">The most characters.</param>
    public static string Name(MemoryNode node, int length) => Untrusted.Line(
        node.Kind is MemoryNodeKind.Concept or MemoryNodeKind.Source || node.Speaker is null ? node.Text : $"{node.Speaker}: {node.Text}", length);
}
