using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Show;

/// <summary>What a memory holds at a glance.</summary>
internal sealed class OverviewScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    public void Show(MemoryScope scope, MemoryOverview overview)
    {
        MemoryStatistics counts = overview.Statistics;
        _screen.Line(new Paragraph(Untrusted.Line(scope.ToString(), 120), Palette.Strong));
        _screen.Fact("holds", string.Join(", ", Enum.GetValues<MemoryNodeKind>().Where(kind => counts.Nodes.GetValueOrDefault(kind) > 0).Select(kind => Numbers.Of(counts.Nodes[kind], GraphWords.Of(kind)))));
        _screen.Fact("edges", $"{Numbers.Count(counts.Edges.Values.Sum())}, {Numbers.Bytes(counts.Bytes)} on disk");
        if (counts.Superseded > 0)
            _screen.Fact("superseded", Numbers.Of(counts.Superseded, "node"));
        if (overview.Concepts.Count > 0)
        {
            _screen.Title("Mentioned most");
            var table = new ColumnTable(new Column("concept") { IsFlexible = true }, new Column("mentions") { IsRight = true }, new Column("key") { LeaveOut = 1 }, new Column("#") { IsRight = true });
            foreach (MentionedConcept concept in overview.Concepts)
                table.Row(new Cell(Untrusted.Line(concept.Node.Text, 60), Palette.Accent), Numbers.Count(concept.Mentions), Untrusted.Line(concept.Node.Key, 60), $"{concept.Node.Id}");
            _screen.Write(table);
        }

        if (overview.Sources.Count == 0)
            return;
        _screen.Title("Newest sources");
        var sources = new ColumnTable(new Column("source") { IsFlexible = true, IsCutInMiddle = true }, new Column("title") { LeaveOut = 1 }, new Column("of") { LeaveOut = 2 }, new Column("#") { IsRight = true });
        foreach (MemoryNode source in overview.Sources)
            sources.Row(new Cell(Untrusted.Line(source.Key, 80), Palette.Accent), source.Title is { } title ? Untrusted.Line(title, 40) : "", source.SaidAt is { } said ? Moments.Of(said) : "", $"{source.Id}");
        _screen.Write(sources);
    }
}
