using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Show;

/// <summary>A node and what is around it: what it says, then its neighbours by what they have to do with it, then what is farther away.</summary>
internal sealed class AroundScreen(IAnsiConsole console)
{
    private const int MostLines = 40;
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    public void Show(MemoryNeighbourhood around)
    {
        MemoryNode middle = around.Middle.Node;
        Middle(middle);
        Dictionary<long, MemoryNode> nodes = around.Nodes.ToDictionary(each => each.Node.Id, each => each.Node);
        Dictionary<long, int> order = around.Nodes.Index().ToDictionary(each => each.Item.Node.Id, each => each.Index);
        var groups =
            from edge in around.Edges
            where edge.From == middle.Id || edge.To == middle.Id
            let isForward = edge.From == middle.Id
            group isForward ? edge.To : edge.From by (edge.Kind, IsForward: isForward) into kind
            orderby kind.Key.IsForward descending, kind.Key.Kind
            select kind;
        foreach (var group in groups)
        {
            _screen.Title(group.Key.IsForward ? GraphWords.Of(group.Key.Kind) : GraphWords.Against(group.Key.Kind));
            foreach (long id in group.Distinct().OrderBy(id => order[id]))
                _screen.Write(new Hanging(2, NodeLine.Of(nodes[id], _screen.Glyphs)));
        }

        foreach (IGrouping<int, MemoryNeighbour> far in around.Nodes.Where(each => each.Steps > 1).GroupBy(each => each.Steps).OrderBy(group => group.Key))
        {
            _screen.Title(far.Key == 2 ? "Behind them" : $"{far.Key} edges away");
            foreach (MemoryNeighbour each in far)
                _screen.Write(new Hanging(2, NodeLine.Of(each.Node, _screen.Glyphs)));
        }

        if (around.Nodes.Count == 1)
            _screen.Indented(2, "No edge leads to it or from it.", Palette.Muted);
        if (around.LeftOut > 0)
        {
            _screen.Gap();
            _screen.Indented(2, $"{_screen.Glyphs.Cut} {Numbers.Of(around.LeftOut, "node")} more at least, over weaker edges or behind hubs", Palette.Muted);
        }
    }

    private void Middle(MemoryNode node)
    {
        _screen.Line(new Paragraph($"#{node.Id}  {GraphWords.Name(node, 80)}", Palette.Strong));
        _screen.Fact("is", node.HeldUntil is { } until ? $"a{(node.Kind == MemoryNodeKind.Episode ? "n" : "")} {GraphWords.Of(node.Kind)} that held until {Moments.Of(until)}" : $"a{(node.Kind == MemoryNodeKind.Episode ? "n" : "")} {GraphWords.Of(node.Kind)}");
        _screen.Fact("key", node.Key);
        if (node.Title is { } title)
            _screen.Fact("title", title);
        if (node.Speaker is { } speaker)
            _screen.Fact("said by", speaker);
        if (node.SaidAt is { } said)
            _screen.Fact("when", Moments.Of(said));
        if (node.Happened is { } happened)
            _screen.Fact("speaks of", happened.First == happened.Last ? $"{happened.First:yyyy-MM-dd}" : $"{happened.First:yyyy-MM-dd} to {happened.Last:yyyy-MM-dd}");
        if (node.Attachment is { } attachment)
            _screen.Fact("attached", attachment);
        if (node.Kind is MemoryNodeKind.Concept or MemoryNodeKind.Source)
            return;
        _screen.Gap();
        _screen.Block(node.Text, MostLines, "");
    }
}
