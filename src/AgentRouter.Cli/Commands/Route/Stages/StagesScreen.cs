using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Stages;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Stages;

/// <summary>What choosing the models of stages made of recorded runs.</summary>
internal sealed class StagesScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the figures.</summary>
    public void Show(StageFigures figures)
    {
        var table = new ColumnTable(
            new Column("policy") { IsFlexible = true, IsCutInMiddle = true },
            new Column("score") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            new Column("usd a run") { IsRight = true, LeaveOut = 3 },
            new Column("of dearest") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 2 })
        {
            TellsLeftOut = true,
        };
        for (int i = 0; i < figures.Policies.Count; i++)
        {
            StagePolicyFigures policy = figures.Policies[i];
            table.Row(
                new Cell(Untrusted.Line(policy.Policy, 80), i == 0 ? Palette.Accent : Palette.Plain),
                Figures.Percent(policy.Score),
                Figures.Percent(policy.ScoreInterval),
                Figures.Usd(policy.Usd),
                Figures.Percent(policy.CostShare),
                Figures.Percent(policy.CostShareInterval));
        }

        _screen.Write(table);
        _screen.Gap();
        StagePolicyFigures chosen = figures.Policies[0];
        _screen.Fact("gain", $"{Figures.Percent(chosen.Gain)} above the dearest arm ({Figures.Percent(chosen.GainInterval)}), in {figures.Folds} folds of repetitions");
        foreach ((string group, string arm, int runs) in figures.Chosen)
            _screen.Fact(Untrusted.Line(group, 14), $"{Untrusted.Line(arm, 200)} ({Numbers.Of(runs, "run")})");
        _screen.Fact("unknown", $"{Numbers.Of(chosen.WithoutRuns, "choice")} of {figures.Chosen.Count * figures.Folds} had no held-out run");
        _screen.Fact("data", $"{Numbers.Of(figures.Runs, "run")} of {Numbers.Of(figures.Arms, "arm")}, {figures.FewestRuns} to {figures.MostRuns} an arm and group: unevenly tried, so the estimates are biased");
    }
}
