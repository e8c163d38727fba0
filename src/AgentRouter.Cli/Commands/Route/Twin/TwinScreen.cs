using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Twin;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Twin;

/// <summary>A static score.</summary>
internal sealed class TwinScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the score.</summary>
    public void Show(TwinReport report)
    {
        var table = new ColumnTable(
            new Column("benchmark") { IsFlexible = true },
            new Column("rows") { IsRight = true, LeaveOut = 1 },
            new Column("row pass") { IsRight = true },
            new Column("exact") { IsRight = true },
            new Column("traj. pass") { IsRight = true },
            new Column("savings") { IsRight = true },
            new Column("combined") { IsRight = true })
        {
            TellsLeftOut = true,
        };
        foreach ((string benchmark, TwinFigures figures) in report.Benchmarks)
            Row(table, new Cell(Untrusted.Line(benchmark, 60)), figures);
        table.Rule();
        Row(table, new Cell("all", Palette.Strong), report.All);
        _screen.Write(table);
        if (report.Errors == 0)
            return;
        _screen.Gap();
        _screen.Fact("errors", $"{Numbers.Of(report.Errors, "row")} without a prediction: they count as failed");
    }

    private static void Row(ColumnTable table, Cell name, TwinFigures figures) => table.Row(
        name,
        Numbers.Count(figures.Rows),
        Figures.Percent(figures.RowPass),
        Figures.Percent(figures.RowExact),
        Figures.Percent(figures.TrajectoryPass),
        Figures.Percent(figures.CostSavings),
        Figures.Percent(figures.Combined));
}
