using System.Globalization;
using System.Text;

namespace AgentRouter.Workflows.Drawing;

/// <summary>Writes Mermaid flowcharts, as Markdown pages show them.</summary>
public static class MermaidFormat
{
    /// <summary>Writes a graph. Labels may hold anything; they are escaped and put on one line.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(DrawnGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        // names may be words of the language, so the ids are our own
        Dictionary<string, string> ids = graph.Nodes.Index().ToDictionary(
            pair => pair.Item.Key, pair => string.Create(CultureInfo.InvariantCulture, $"n{pair.Index + 1}"));
        var text = new StringBuilder();
        text.Append("---\ntitle: \"").Append(Title(graph.Title)).Append("\"\n---\nflowchart TD\n");
        foreach (DrawnNode node in graph.Nodes)
        {
            (string open, string close) = Brackets(node.Shape);
            text.Append("    ").Append(ids[node.Key]).Append(open).Append('"').AppendJoin("<br/>", node.Lines.Select(Escape)).Append('"').Append(close).Append('\n');
        }

        foreach (DrawnEdge edge in graph.Edges)
        {
            text.Append("    ").Append(ids[edge.From]).Append(edge.IsDashed ? " -.->" : " -->");
            if (edge.Label is { } label)
                text.Append("|\"").Append(Escape(label)).Append("\"|");
            text.Append(' ').Append(ids[edge.To]).Append('\n');
        }

        return text.ToString();
    }

    private static (string Open, string Close) Brackets(NodeShape shape) => shape switch
    {
        NodeShape.Rounded => ("(", ")"),
        NodeShape.Diamond => ("{", "}"),
        NodeShape.Hexagon => ("{{", "}}"),
        NodeShape.Slanted => ("[/", "/]"),
        NodeShape.Circle => ("((", "))"),
        _ => ("[", "]"),
    };

    /// <summary>Escapes for a quoted YAML text, which is what a title is.</summary>
    private static string Title(string text) => Label.OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>Escapes by Mermaid's entity codes what could end a label or begin HTML.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in Label.OneLine(text))
        {
            if (c is '"' or '#' or '<' or '>' or '&' or '|' or '`' or ';' or '\\')
                escaped.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
