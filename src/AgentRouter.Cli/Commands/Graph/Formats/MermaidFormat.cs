using System.Globalization;
using System.Text;
using AgentRouter.Cli.Terminals;

namespace AgentRouter.Cli.Commands.Graph.Formats;

/// <summary>Writes Mermaid flowcharts, as Markdown pages show them.</summary>
internal static class MermaidFormat
{
    /// <summary>Writes a graph.</summary>
    public static string Write(DrawnGraph graph)
    {
        // names may hold anything; ids are our own
        var ids = new Dictionary<string, string>();
        foreach (DrawnNode node in graph.Nodes)
            ids[node.Key] = string.Create(CultureInfo.InvariantCulture, $"n{ids.Count + 1}");
        var text = new StringBuilder();
        text.Append("---\ntitle: ").Append(Quote(graph.Title)).Append("\n---\nflowchart TD\n");
        foreach (DrawnNode node in graph.Nodes)
        {
            (string open, string close) = Brackets(node.Shape);
            text.Append("    ").Append(ids[node.Key]).Append(open).Append(Quote(string.Join("<br/>", node.Lines.Select(Escape)))).Append(close).Append('\n');
        }

        foreach (DrawnEdge edge in graph.Edges)
        {
            if (!ids.TryGetValue(edge.From, out string? from) || !ids.TryGetValue(edge.To, out string? to))
                continue;
            text.Append("    ").Append(from).Append(edge.IsDashed ? " -.->" : " -->");
            if (edge.Label is { } label)
                text.Append('|').Append(Quote(Escape(label))).Append('|');
            text.Append(' ').Append(to).Append('\n');
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

    private static string Quote(string text) => "\"" + text.Replace("\"", "#quot;", StringComparison.Ordinal) + "\"";

    private static string Escape(string text) => Untrusted.Line(text)
        .Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
