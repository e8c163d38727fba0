using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Steps;
using AgentRouter.Statistics;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Steps;

/// <summary>What can be told in the middle of a run, and whether acting on it pays.</summary>
internal sealed class StepsScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the report.</summary>
    public void Show(StepsReport report)
    {
        Signals(report);
        Restarts(report);
        _screen.Gap();
        _screen.Fact("pairs", $"{Numbers.Count(report.Pairs)} tasks run by both models; {Numbers.Count(report.OnlyStrong)} only the strong one solves, {Numbers.Count(report.OnlyWeak)} only the weak one");
        _screen.Fact("always weak", $"{Figures.Percent(report.Weak)} at {Figures.Usd(report.WeakUsd)} a task");
        _screen.Fact("always strong", $"{Figures.Percent(report.Strong)} at {Figures.Usd(report.StrongUsd)} a task");
    }

    private void Signals(StepsReport report)
    {
        _screen.Title("What can be told", "areas under the ROC curve, 0.5 is chance; logistic regression, cross-validated by task");
        var table = new ColumnTable(
            new Column("after step") { IsRight = true },
            new Column("weak run fails") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 2 },
            new Column("strong gains") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 2 },
            new Column("by errors") { IsRight = true, LeaveOut = 1 },
            new Column("by steps") { IsRight = true, LeaveOut = 1 })
        {
            TellsLeftOut = true,
        };
        foreach (SignalRow row in report.Signals)
            table.Row(After(row.After), Figures.Three(row.Fails), Figures.Three(row.FailsInterval), Figures.Three(row.Gains), Figures.Three(row.GainsInterval), Figures.Three(row.ErrorCount), Figures.Three(row.StepCount));
        _screen.Write(table);
    }

    private void Restarts(StepsReport report)
    {
        _screen.Title("Starting again with the strong model", "success, at the same money");
        var table = new ColumnTable(
            new Column("after step") { IsRight = true },
            new Column("restarted") { IsRight = true },
            new Column("usd a task") { IsRight = true },
            new Column("where it looks bad") { IsRight = true },
            new Column("at random") { IsRight = true },
            new Column("mixed beforehand") { IsRight = true },
            new Column("above the mix") { IsRight = true, LeaveOut = 1 })
        {
            TellsLeftOut = true,
        };
        foreach (RestartRow row in report.Restarts)
            table.Row(After(row.After), Figures.Percent(row.Share), Figures.Usd(row.Usd), Figures.Percent(row.Restart), Figures.Percent(row.RandomRestart), Figures.Percent(row.Mix), Points(row.AboveMixInterval));
        _screen.Write(table);
        _screen.Indented(2, "mixed beforehand: the same money sends tasks, picked at random, straight to the strong model", Palette.Muted);
    }

    private static string After(int? after) => after is { } step ? Numbers.Count(step) : "end";

    private static string Points(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low * 100:+0.0;-0.0} to {interval.High * 100:+0.0;-0.0}");
}
