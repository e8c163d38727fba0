using System.Text;
using AgentRouter.Cli.Terminals;

namespace AgentRouter.Cli.Commands.Graph.Formats;

/// <summary>Writes the DOT language of Graphviz.</summary>
internal static class DotFormat
{
    /// <summary>Writes a graph.</summary>
    public static string Write(DrawnGraph graph)
    {
        var text = new StringBuilder();
        text.Append("digraph ").Append(Quote(graph.Title)).Append(" {\n    node [fontname=\"sans-serif\"];\n");
        foreach (DrawnNode node in graph.Nodes)
            text.Append("    ").Append(Quote(node.Key)).Append(" [label=").Append(Quote([.. node.Lines])).Append(", ").Append(Shape(node.Shape)).Append("];\n");
        foreach (DrawnEdge edge in graph.Edges)
        {
            var attributes = new List<string>();
            if (edge.Label is { } label)
                attributes.Add("label=" + Quote(label));
            if (edge.IsDashed)
                attributes.Add("style=dashed");
            text.Append("    ").Append(Quote(edge.From)).Append(" -> ").Append(Quote(edge.To));
            if (attributes.Count > 0)
                text.Append(" [").Append(string.Join(", ", attributes)).Append(']');
            text.Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Shape(NodeShape shape) => shape switch
    {
        NodeShape.Rounded => "shape=box, style=rounded",
        NodeShape.Diamond => "shape=diamond",
        NodeShape.Hexagon => "shape=hexagon",
        NodeShape.Slanted => "shape=parallelogram",
        NodeShape.Circle => "shape=circle",
        _ => "shape=box",
    };

    private static string Quote(params string[] lines) =>
        "\"" + string.Join("\\n", lines.Select(line => Untrusted.Line(line).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))) + "\"";
}
