using System.Globalization;
using AgentRouter.Cli.Commands.Tools.Bench.Measuring;
using AgentRouter.Cli.Commands.Tools.Bench.Scenarios;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Tools.Bench;

/// <summary>What the systems made of all scenarios.</summary>
internal sealed class BenchScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the sets.</summary>
    public void Show(IReadOnlyList<SetReport> sets)
    {
        foreach (SetReport set in sets)
            Show(set);
        _screen.Gap();
        _screen.Fact("goal", "by what the services noted, the whole goal is there; lesser: the best that could still be had, and a person knows of the rest");
        _screen.Fact("silent", "neither is there, and the system says that it is");
        _screen.Fact("r/d/e", "reroutes, demotions to a lesser goal, escalations to a model or person");
        _screen.Fact("published", "totals of others for these scenarios, not measured here; docs/healing-scenarios.md says what counts as right");
    }

    /// <summary>Gets the style of an outcome.</summary>
    public static Style StyleOf(SystemOutcome outcome) => outcome is SystemOutcome.Goal or SystemOutcome.Lesser ? Palette.Good : Palette.Bad;

    /// <summary>Gets the word of an outcome.</summary>
    public static string WordOf(SystemOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private void Show(SetReport set)
    {
        _screen.Title(set.Title);
        var table = new ColumnTable([new Column(""), new Column("scenario") { IsFlexible = true }, .. set.Totals.SelectMany((totals, at) => ColumnsOf(totals.System, at))]) { TellsLeftOut = true };
        foreach (ScenarioReport scenario in set.Scenarios)
            table.Row([scenario.Id, scenario.Title, .. scenario.Systems.SelectMany(CellsOf)]);
        table.Rule();
        table.Row(["", new Cell("total", Palette.Strong), .. set.Totals.SelectMany(totals => CellsOf(totals, set.Scenarios.Count))]);
        table.Row(["", new Cell("published", Palette.Muted), .. set.Published.SelectMany(published => CellsOf(published, set.Scenarios.Count))]);
        _screen.Write(table);
        _screen.Gap();
        _screen.Fact("silent", Join(set.Totals.Select(totals => $"{totals.System} {Numbers.Count(totals.Silent.Count)}{(totals.Silent.Count > 0 ? $" ({string.Join(", ", totals.Silent)})" : "")}")));
        _screen.Fact("branches run", Join(set.Totals.Select(totals => $"{totals.System} {Numbers.Count(totals.BranchesRun)} of {Numbers.Count(totals.Branches)}")));
        _screen.Fact("published", Join(set.Published.Select(published => $"{published.System} {Numbers.Count(published.Silent)} silent")), Palette.Muted);
    }

    // the healer's own figures stay longest where the terminal is narrow
    private static IEnumerable<Column> ColumnsOf(string system, int at) =>
    [
        new Column(system),
        new Column("llm") { IsRight = true },
        new Column("tools") { LongName = $"tools of {system}", IsRight = true, LeaveOut = at == 0 ? 7 : 4 - at },
        new Column("r/d/e") { LongName = $"r/d/e of {system}", IsRight = true, LeaveOut = at == 0 ? 6 : 6 - at },
    ];

    private static IEnumerable<Cell> CellsOf(SystemReport run) =>
        [new Cell(WordOf(run.Outcome), StyleOf(run.Outcome)), Numbers.Count(run.LlmCalls), Numbers.Count(run.ToolCalls), Healed(run.Reroutes, run.Demotions, run.Escalations)];

    private static IEnumerable<Cell> CellsOf(SystemTotals totals, int scenarios) =>
    [
        new Cell(Share(totals.Correct, scenarios), totals.Correct == scenarios ? Palette.Good : Palette.Bad),
        new Cell(Numbers.Count(totals.LlmCalls), Palette.Strong),
        new Cell(Numbers.Count(totals.ToolCalls), Palette.Strong),
        new Cell(Healed(totals.Reroutes, totals.Demotions, totals.Escalations), Palette.Strong),
    ];

    private IEnumerable<Cell> CellsOf(PublishedTotals published, int scenarios) =>
    [
        new Cell(Share(published.Correct, scenarios), Palette.Muted),
        new Cell(Numbers.Count(published.LlmCalls), Palette.Muted),
        new Cell(published.ToolCalls is { } tools ? Numbers.Count(tools) : _screen.Glyphs.Missing, Palette.Muted),
        new Cell("", Palette.Muted),
    ];

    private string Join(IEnumerable<string> facts) => string.Join($" {_screen.Glyphs.Dot} ", facts);

    private static string Share(int correct, int scenarios) => string.Create(CultureInfo.InvariantCulture, $"{correct}/{scenarios}");

    private static string Healed(int reroutes, int demotions, int escalations) => string.Create(CultureInfo.InvariantCulture, $"{reroutes}/{demotions}/{escalations}");
}
