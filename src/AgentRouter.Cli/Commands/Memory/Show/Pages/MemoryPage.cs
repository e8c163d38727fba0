using System.Globalization;
using System.Net;
using System.Text;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Cli.Commands.Memory.Show.Pages;

/// <summary>Writes a neighbourhood as one HTML page: a picture, and below it what each node says. Nothing is loaded and nothing runs in it.</summary>
internal static class MemoryPage
{
    private const int MostText = 1_200;
    private const int MostTitle = 120;

    /// <summary>Writes the page.</summary>
    public static string Write(MemoryScope scope, MemoryNeighbourhood around)
    {
        string title = Encoded(GraphWords.Name(around.Middle.Node, MostTitle));
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        // should something of a memory ever get through, it can neither run nor load anything
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>").Append(title).Append("</title>\n<style>\n").Append(PageStyle.Css).Append("\n</style>\n</head>\n<body>\n<main>\n");
        page.Append("<h1>").Append(title).Append("</h1>\n<p>").Append(Encoded(Facts(scope, around))).Append("</p>\n<ul class=\"legend\">");
        foreach ((MemoryNodeKind kind, int count) in around.Nodes.CountBy(each => each.Node.Kind).OrderBy(each => each.Key))
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"k-{GraphWords.Of(kind)}\"><i></i>{Numbers.Of(count, GraphWords.Of(kind))}</li>");
        page.Append("</ul>\n<div class=\"picture\">\n").Append(GraphPicture.Draw(around)).Append("</div>\n");
        page.Append("<table>\n<tr><th>#</th><th>kind</th><th>when</th><th>text</th></tr>\n");
        foreach (MemoryNeighbour each in around.Nodes)
            Row(page, each.Node);
        return page.Append("</table>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static void Row(StringBuilder page, MemoryNode node)
    {
        string kind = GraphWords.Of(node.Kind);
        string when = node.SaidAt is { } said ? Moments.Of(said) : "";
        if (node.HeldUntil is { } until)
            when += $" held until {Moments.Of(until)}";
        page.Append(CultureInfo.InvariantCulture, $"<tr id=\"n{node.Id}\" class=\"k-{kind}\"><td class=\"number\">{node.Id}</td><td class=\"kind\">{kind}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"when\">{Encoded(when.Trim())}</td><td class=\"text\">{Encoded(GraphWords.Name(node, MostText))}</td></tr>\n");
    }

    private static string Facts(MemoryScope scope, MemoryNeighbourhood around)
    {
        string left = around.LeftOut == 0 ? "" : $" · {Numbers.Count(around.LeftOut)} more at least, over weaker edges or behind hubs";
        return $"{GraphWords.Of(around.Middle.Node.Kind)} #{around.Middle.Node.Id} of {scope} · {Numbers.Of(around.Nodes.Count - 1, "neighbour")}, {Numbers.Of(around.Edges.Count, "edge")}{left}";
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(Untrusted.Line(text, MostText));
}
