using System.Text;

namespace AgentRouter.Workflows.Drawing;

/// <summary>Writes the DOT language of Graphviz.</summary>
public static class DotFormat
{
    /// <summary>Writes a graph. Labels may hold anything; they are escaped and put on one line.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(DrawnGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder();
        text.Append("digraph ").Append(Quote(graph.Title)).Append(" {\n    node [fontname=\"sans-serif\"];\n    edge [fontname=\"sans-serif\"];\n");
        foreach (DrawnNode node in graph.Nodes)
            text.Append("    ").Append(Quote(node.Key)).Append(" [label=").Append(Quote([.. node.Lines])).Append(", ").Append(Shape(node.Shape)).Append("];\n");
        foreach (DrawnEdge edge in graph.Edges)
        {
            text.Append("    ").Append(Quote(edge.From)).Append(" -> ").Append(Quote(edge.To)).Append(Attributes(edge)).Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Attributes(DrawnEdge edge) => (edge.Label, edge.IsDashed) switch
    {
        (null, false) => "",
        (null, true) => " [style=dashed]",
        (var label, false) => $" [label={Quote(label)}]",
        (var label, true) => $" [label={Quote(label)}, style=dashed]",
    };

    private static string Shape(NodeShape shape) => shape switch
    {
        NodeShape.Rounded => "shape=box, style=rounded",
        NodeShape.Diamond => "shape=diamond",
        NodeShape.Hexagon => "shape=hexagon",
        NodeShape.Slanted => "shape=parallelogram",
        NodeShape.Circle => "shape=circle",
        _ => "shape=box",
    };

    private static string Quote(params ReadOnlySpan<string> lines)
    {
        var text = new StringBuilder("\"");
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                text.Append("\\n");
            text.Append(Label.OneLine(lines[i]).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        }

        return text.Append('"').ToString();
    }
}
