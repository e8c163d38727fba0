using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>A tool graph as a table, and the ways to its goals.</summary>
internal sealed class ToolGraphScreen(IAnsiConsole console)
{
    private const int MostName = 60;
    private const int MostList = 200;

    // a longer name shares the width with what the tool provides and needs
    private const int MostWhole = 24;

    /// <summary>The most goals that are shown.</summary>
    public const int MostGoals = 50;

    private readonly Screen _screen = new(console);

    /// <summary>Shows the graph.</summary>
    /// <param name="shown">The graph.</param>
    /// <param name="ways">The ways to the first goals.</param>
    /// <param name="goals">How many goals there are.</param>
    /// <param name="down">The tools that are down.</param>
    public void Show(ShownToolGraph shown, IReadOnlyList<GoalWays> ways, int goals, IReadOnlyCollection<string> down)
    {
        CapabilityGraph graph = shown.Graph;
        string facts = $"{Numbers.Of(graph.Tools.Count, "tool")}, {Of(graph.Capabilities.Count, "capability", "capabilities")}, {Numbers.Of(graph.Goals.Count, "goal")}";
        _screen.Line(new Paragraph(Untrusted.Line(shown.Title, MostList), Palette.Strong).Append("  " + facts, Palette.Muted));
        _screen.Gap();
        _screen.Write(Table(graph, down));
        Doubts(graph);
        if (graph.Goals.Count == 0 && goals > 1)
            Show(ways);
        else
            ShowEach(ways);
        if (goals > ways.Count)
            _screen.Indented(2, $"{Numbers.Count(goals - ways.Count)} more; --goal NAME shows one.", Palette.Muted);
        if (shown.Notes.Count == 0)
            return;
        _screen.Title("Notes", "what could not be made of the tools");
        foreach (string note in shown.Notes)
            _screen.Indented(2, Untrusted.Line(note, 400), Palette.Plain);
    }

    private ColumnTable Table(CapabilityGraph graph, IReadOnlyCollection<string> down)
    {
        var table = new ColumnTable(
            Names("tool", graph, tool => tool.Name), new Column("provides") { IsFlexible = true, MostLines = 3 }, new Column("needs") { IsFlexible = true, MostLines = 3 },
            new Column("effect"), new Column("risk") { LeaveOut = 1 }, new Column("cost") { IsRight = true }, new Column("usd") { IsRight = true, LeaveOut = 2 },
            Names("check", graph, tool => tool.Check) with { LeaveOut = 4 }, Names("undo", graph, tool => tool.Undo) with { LeaveOut = 3 },
            new Column("calls") { IsFlexible = true, IsCutInMiddle = true, LeaveOut = 0 }, new Column("") { LeaveOut = 9 })
        {
            TellsLeftOut = true,
        };
        foreach (CapabilityTool tool in graph.Tools)
        {
            bool isDown = down.Contains(tool.Name);
            table.Row(
                new Cell(Untrusted.Line(tool.Name, MostName), isDown ? Palette.Bad : Palette.Plain), List(tool.Provides), List(tool.Needs), Word(tool.Effect),
                new Cell(tool.Risk == ToolRisk.Low ? "" : Word(tool.Risk), tool.Risk == ToolRisk.High ? Palette.Warning : Palette.Plain), Cost(tool.Cost), tool.Price > Money.Zero ? Numbers.Money(tool.Price) : "",
                Untrusted.Line(tool.Check ?? "", MostName), Untrusted.Line(tool.Undo ?? "", MostName),
                new Cell(tool.Tool == tool.Name ? "" : Untrusted.Line(tool.Tool, MostName), Palette.Muted), isDown ? new Cell($"{_screen.Glyphs.Failed} down", Palette.Bad) : "");
        }

        return table;
    }

    private static Column Names(string header, CapabilityGraph graph, Func<CapabilityTool, string?> nameOf) =>
        new(header) { IsFlexible = graph.Tools.Any(tool => nameOf(tool)?.Length > MostWhole), IsCutInMiddle = true };

    // what nobody would expect of a tool whose author said nothing
    private void Doubts(CapabilityGraph graph)
    {
        string[] doubtful = [.. graph.Tools.Where(tool => tool is { Effect: ToolEffect.Once, Check: null, Undo: null }).Select(tool => tool.Name)];
        if (doubtful.Length == 0)
            return;
        _screen.Gap();
        _screen.Indented(2, $"once, without check or undo: {List(doubtful)}. When one of them breaks off, a person is asked, and no stand-in is called.", Palette.Muted);
    }

    private void ShowEach(IReadOnlyList<GoalWays> goals)
    {
        foreach (GoalWays ways in goals)
            Show(ways);
    }

    // one line each, where nobody has said which capabilities are asked for
    private void Show(IReadOnlyList<GoalWays> capabilities)
    {
        var table = new ColumnTable(
            new Column("capability") { IsFlexible = true, IsCutInMiddle = true }, new Column("path") { IsFlexible = true, IsCutInMiddle = true }, new Column("cost") { IsRight = true },
            new Column("nothing is left without") { IsFlexible = true, IsCutInMiddle = true, LeaveOut = 0 });
        foreach (GoalWays ways in capabilities)
        {
            table.Row(
                Untrusted.Line(ways.Now.Goal.Name, MostName), ways.Now.IsReached ? Path(ways.Now) : new Cell("none", Palette.Bad), ways.Now.IsReached ? Cost(ways.Now.Cost) : "",
                List(ways.Without.Where(without => !without.Way.IsReached).Select(without => without.Tool)));
        }

        _screen.Gap();
        _screen.Write(table);
    }

    private void Show(GoalWays ways)
    {
        GoalPreview now = ways.Now;
        _screen.Title(Untrusted.Line(now.Goal.Name, MostName), now.Goal.Needs is [var only] && only == now.Goal.Name ? null : $"needs {List(now.Goal.Needs)}");
        Way(now);
        if (ways.Without.Count == 0)
            return;
        var table = new ColumnTable(new Column("when this fails") { IsCutInMiddle = true }, new Column("what is left") { IsFlexible = true, MostLines = 4 }, new Column("cost") { IsRight = true });
        foreach ((string tool, GoalPreview way) in ways.Without)
            table.Row(Untrusted.Line(tool, MostName), new Cell(Without(way), StyleOf(way)), way.IsReached || way.Tools.Count > 0 ? Cost(way.Cost) : "");
        _screen.Gap();
        _screen.Write(table);
    }

    private void Way(GoalPreview way)
    {
        if (!way.IsReached)
            _screen.Fact("missing", List(way.Missing), Palette.Bad);
        if (way.Lesser is { } lesser)
            _screen.Fact("lesser goal", lesser.Name, Palette.Warning);
        if (!way.IsReached && way.Lesser is null)
        {
            _screen.Fact("path", "none, and no lesser goal", Palette.Bad);
            return;
        }

        _screen.Fact("path", Path(way));
        _screen.Fact("cost", $"{Cost(way.Cost)}, {(way.IsCheapest ? "proven to be the cheapest" : $"at most {(way.Cost / way.LowerBound).ToString("0.00", CultureInfo.InvariantCulture)} times the cheapest")}");
        Money price = way.Tools.Aggregate(Money.Zero, (sum, tool) => sum + tool.Price);
        if (price > Money.Zero)
            _screen.Fact("price", Numbers.Money(price));
    }

    private string Without(GoalPreview way)
    {
        if (way.IsReached)
            return Path(way);
        return way.Lesser is { } lesser ? $"{lesser.Name}{(way.Tools.Count > 0 ? $": {Path(way)}" : "")}" : $"nothing: no way to {List(way.Missing)}";
    }

    private static Style StyleOf(GoalPreview way) => way.IsReached ? Palette.Plain : way.Lesser is not null ? Palette.Warning : Palette.Bad;

    private string Path(GoalPreview way) => way.Tools.Count == 0
        ? "nothing is left to do"
        : string.Join($" {_screen.Glyphs.Arrow} ", GoalWays.Groups(way).Select(group => string.Join(" + ", group.Select(tool => Untrusted.Line(tool.Name, MostName)))));

    private static string List(IEnumerable<string> names) => Untrusted.Line(string.Join(", ", names), MostList);

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string Cost(double cost) => cost.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Of(int count, string one, string many) => $"{Numbers.Count(count)} {(count == 1 ? one : many)}";
}
