using AgentRouter.Workflows.SystemGraphs;

namespace AgentRouter.Workflows.Drawing;

/// <summary>Draws a system graph.</summary>
public static class SystemDrawing
{
    /// <summary>Draws a system graph: things as nodes, what they have to do with each other as labelled edges. A capability that
    /// is only the name of its one tool is left out.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="title">What the drawing is called.</param>
    public static DrawnGraph Of(SystemGraph graph, string title)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(title);
        HashSet<string> tools = [.. graph.Vertices.Where(vertex => vertex.Kind == SystemVertexKind.Tool).Select(vertex => vertex.Name)];
        bool IsShown(SystemVertex vertex) => vertex.Kind != SystemVertexKind.Capability || !tools.Contains(vertex.Name) || graph.ToolsFor(vertex.Name).Count > 1;
        return new DrawnGraph(
            title,
            [.. graph.Vertices.Where(IsShown).Select(vertex => new DrawnNode(Key(vertex), [vertex.Name, Word(vertex.Kind)], ShapeOf(vertex.Kind)))],
            [.. graph.Edges.Where(edge => IsShown(edge.Target)).Select(edge => new DrawnEdge(Key(edge.Source), Key(edge.Target), Word(edge.Kind), edge.Kind is SystemEdgeKind.Reads or SystemEdgeKind.Writes or SystemEdgeKind.MayHandOverTo))]);
    }

    private static string Key(SystemVertex vertex) => $"{Word(vertex.Kind)}:{vertex.Name}";

    private static string Word(SystemVertexKind kind) => kind switch
    {
        SystemVertexKind.Agent => "agent",
        SystemVertexKind.Role => "role",
        SystemVertexKind.Tool => "tool",
        SystemVertexKind.Capability => "capability",
        SystemVertexKind.Skill => "skill",
        SystemVertexKind.MemoryScope => "memory",
        _ => "tier",
    };

    private static string Word(SystemEdgeKind kind) => kind switch
    {
        SystemEdgeKind.Plays => "plays",
        SystemEdgeKind.MayUse => "may use",
        SystemEdgeKind.Provides => "provides",
        SystemEdgeKind.HandsOverTo => "hands over to",
        SystemEdgeKind.MayHandOverTo => "may hand over to",
        SystemEdgeKind.Reads => "reads",
        _ => "writes",
    };

    private static NodeShape ShapeOf(SystemVertexKind kind) => kind switch
    {
        SystemVertexKind.Agent => NodeShape.Rounded,
        SystemVertexKind.Role => NodeShape.Circle,
        SystemVertexKind.Capability => NodeShape.Hexagon,
        SystemVertexKind.Skill => NodeShape.Slanted,
        SystemVertexKind.Tier => NodeShape.Diamond,
        _ => NodeShape.Box,
    };
}
