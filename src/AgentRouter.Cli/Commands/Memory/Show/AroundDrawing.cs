using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Workflows.Drawing;

namespace AgentRouter.Cli.Commands.Memory.Show;

/// <summary>Draws a neighbourhood, for Mermaid and DOT.</summary>
internal static class AroundDrawing
{
    private const int MostText = 60;

    /// <summary>Draws it.</summary>
    public static DrawnGraph Of(MemoryNeighbourhood around) => new(
        GraphWords.Name(around.Middle.Node, MostText),
        [.. around.Nodes.Select(each => new DrawnNode(KeyOf(each.Node.Id), [GraphWords.Name(each.Node, MostText), $"{GraphWords.Of(each.Node.Kind)} #{each.Node.Id}"], ShapeOf(each.Node.Kind)))],
        [.. around.Edges.Select(edge => new DrawnEdge(KeyOf(edge.From), KeyOf(edge.To), GraphWords.Of(edge.Kind), edge.Kind is MemoryEdgeKind.Next or MemoryEdgeKind.PartOf))]);

    private static string KeyOf(long id) => $"#{id}";

    private static NodeShape ShapeOf(MemoryNodeKind kind) => kind switch
    {
        MemoryNodeKind.Source => NodeShape.Slanted,
        MemoryNodeKind.Concept => NodeShape.Circle,
        MemoryNodeKind.Fact => NodeShape.Rounded,
        MemoryNodeKind.Reflection => NodeShape.Hexagon,
        _ => NodeShape.Box,
    };
}
