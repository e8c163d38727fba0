using System.Globalization;
using System.Net;
using System.Text;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Commands.Memory.Show.Pages;

/// <summary>Draws a neighbourhood as SVG. Colours come from the page.</summary>
internal static class GraphPicture
{
    private const int MostText = 30;
    private const int MostOfTip = 300;
    private const double CellWidth = 6.9;
    private const double HalfHeight = 14;
    private const double Edge = 24;

    /// <summary>Draws it.</summary>
    public static string Draw(MemoryNeighbourhood around)
    {
        string[] labels = [.. around.Nodes.Select(each => GraphWords.Name(each.Node, MostText))];
        Dictionary<long, int> places = around.Nodes.Index().ToDictionary(each => each.Item.Node.Id, each => each.Index);
        // edges of several kinds between the same two are one line
        var lines = around.Edges.Where(edge => edge.From != edge.To).GroupBy(edge => (From: places[edge.From], To: places[edge.To])).ToArray();
        IReadOnlyList<Box> boxes = ForceLayout.Place([.. labels.Select((label, i) => SizeOf(label, i == 0))], [.. lines.Select(line => line.Key)]);
        var svg = new StringBuilder();
        (double left, double right) = (boxes.Min(box => box.X - box.HalfWidth) - Edge, boxes.Max(box => box.X + box.HalfWidth) + Edge);
        (double top, double bottom) = (boxes.Min(box => box.Y - box.HalfHeight) - Edge, boxes.Max(box => box.Y + box.HalfHeight) + Edge);
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"{left:0.#} {top:0.#} {right - left:0.#} {bottom - top:0.#}\" style=\"max-width:{right - left:0}px\" role=\"img\" aria-label=\"{Encoded(labels[0])} and what is around it\">\n");
        svg.Append("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0.5 8 4 0 7.5z\"/></marker></defs>\n");
        foreach (var line in lines)
            Line(svg, boxes[line.Key.From], boxes[line.Key.To], [.. line], $"{labels[line.Key.From]} → {labels[line.Key.To]}");
        for (int i = 0; i < labels.Length; i++)
            Node(svg, boxes[i], around.Nodes[i], labels[i], i == 0);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Line(StringBuilder svg, Box from, Box to, MemoryEdge[] edges, string ends)
    {
        (double x1, double y1) = from.Towards(to.X, to.Y, 0);
        (double x2, double y2) = to.Towards(from.X, from.Y, 2);
        MemoryEdge strongest = edges.MaxBy(edge => edge.Weight);
        string kinds = string.Join(", ", edges.Select(edge => GraphWords.Of(edge.Kind)));
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"edge e-{strongest.Kind.ToString().ToLowerInvariant()}\" style=\"stroke-width:{0.8 + (1.4 * strongest.Weight):0.##}\" d=\"M{x1:0.#} {y1:0.#} {x2:0.#} {y2:0.#}\" marker-end=\"url(#tip)\"><title>{Encoded(kinds)}: {Encoded(ends)}</title></path>\n");
    }

    private static void Node(StringBuilder svg, Box box, MemoryNeighbour neighbour, string label, bool isMiddle)
    {
        MemoryNode node = neighbour.Node;
        string classes = $"node k-{GraphWords.Of(node.Kind)}{(isMiddle ? " middle" : "")}{(node.HeldUntil is null ? "" : " old")}";
        double corner = node.Kind is MemoryNodeKind.Concept or MemoryNodeKind.Source ? box.HalfHeight : 4;
        svg.Append(CultureInfo.InvariantCulture, $"<a href=\"#n{node.Id}\"><g class=\"{classes}\"><title>{Encoded(GraphWords.Name(node, MostOfTip))}</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{box.X - box.HalfWidth:0.#}\" y=\"{box.Y - box.HalfHeight:0.#}\" width=\"{2 * box.HalfWidth:0.#}\" height=\"{2 * box.HalfHeight:0.#}\" rx=\"{corner:0.#}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\">{Encoded(label)}</text></g></a>\n");
    }

    private static (double HalfWidth, double HalfHeight) SizeOf(string label, bool isMiddle)
    {
        double scale = isMiddle ? 1.25 : 1;
        return (((Math.Max(1, new Segment(label.Length == 0 ? " " : label).CellCount()) * CellWidth / 2) + 12) * scale, HalfHeight * scale);
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(Untrusted.Line(text, MostOfTip));
}
