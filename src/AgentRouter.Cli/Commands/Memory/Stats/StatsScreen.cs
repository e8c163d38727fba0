using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Stats;

/// <summary>How much is remembered.</summary>
internal sealed class StatsScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows all scopes of a store.</summary>
    public void Show(string folder, IReadOnlyList<CountedScope> scopes)
    {
        if (scopes.Count == 0)
        {
            _screen.Line(new Paragraph($"Nothing is remembered in {folder}."));
            _screen.Line(new Paragraph("agentrouter memory import PATH --scope SCOPE remembers documents and conversations.", Palette.Muted));
            return;
        }

        var table = new ColumnTable(
            [
                new Column("scope") { IsFlexible = true, IsCutInMiddle = true },
                .. Enum.GetValues<MemoryNodeKind>().Select(kind => new Column(GraphWords.Many(kind)) { IsRight = true, LeaveOut = 10 + (int)kind }),
                new Column("edges") { IsRight = true, LeaveOut = 1 },
                new Column("size") { IsRight = true },
            ]);
        foreach ((string scope, MemoryStatistics counts) in scopes)
        {
            table.Row(
                [
                    Untrusted.Line(scope, 80),
                    .. Enum.GetValues<MemoryNodeKind>().Select(kind => (Cell)Number(counts.Nodes.GetValueOrDefault(kind))),
                    Number(counts.Edges.Values.Sum()),
                    Numbers.Bytes(counts.Bytes),
                ]);
        }

        _screen.Write(table);
        _screen.Gap();
        _screen.Line(new Paragraph($"  {Numbers.Of(scopes.Count, "scope")} in {folder}", Palette.Muted));
    }

    /// <summary>Shows one scope.</summary>
    public void Show(CountedScope scope)
    {
        _screen.Line(new Paragraph(Untrusted.Line(scope.Scope, 120), Palette.Strong));
        MemoryStatistics counts = scope.Statistics;
        var nodes = new ColumnTable(new Column("nodes"), new Column("") { IsRight = true });
        foreach (MemoryNodeKind kind in Enum.GetValues<MemoryNodeKind>())
            nodes.Row(GraphWords.Many(kind), Number(counts.Nodes.GetValueOrDefault(kind)));
        _screen.Write(nodes.Rule().Row("all", Number(counts.Nodes.Values.Sum())));
        _screen.Gap();
        var edges = new ColumnTable(new Column("edges"), new Column("") { IsRight = true });
        foreach (MemoryEdgeKind kind in Enum.GetValues<MemoryEdgeKind>())
            edges.Row(GraphWords.Of(kind), Number(counts.Edges.GetValueOrDefault(kind)));
        _screen.Write(edges.Rule().Row("all", Number(counts.Edges.Values.Sum())));
        _screen.Gap();
        _screen.Fact("superseded", Numbers.Of(counts.Superseded, "node"));
        _screen.Fact("on disk", Numbers.Bytes(counts.Bytes));
    }

    private string Number(long count) => count == 0 ? _screen.Glyphs.Missing : Numbers.Count(count);
}
