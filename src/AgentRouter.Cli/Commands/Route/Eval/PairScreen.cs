using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Pairs;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>Routers between two models.</summary>
internal sealed class PairScreen(Screen screen, Func<string, bool> isShown)
{
    /// <summary>Shows the figures.</summary>
    public void Show(PairEvaluation pair, string method)
    {
        screen.Title($"{Untrusted.Line(pair.Weak, 40)} or {Untrusted.Line(pair.Strong, 40)}", $"{Numbers.Of(pair.Rows, "row")}, {method}");
        var table = new ColumnTable(
            new Column("router") { IsFlexible = true },
            new Column("APGR") { IsRight = true },
            new Column("interval") { IsRight = true, LeaveOut = 4 },
            new Column("over length") { IsRight = true, LeaveOut = 3 },
            new Column("CPT50") { IsRight = true, LeaveOut = 2 },
            new Column("CPT80") { IsRight = true, LeaveOut = 2 },
            new Column("equal cost") { IsRight = true, LeaveOut = 0 },
            new Column("equal score") { IsRight = true, LeaveOut = 1 });
        foreach (PairRouter router in pair.Routers.Where(router => isShown(router.Name)))
        {
            string over = router is { OverLength: { } difference, OverLengthInterval: { } interval } ? $"{Figures.Signed(difference)} ({Figures.Signed(interval)})" : "";
            table.Row(new Cell(Untrusted.Line(router.Name, 60), router.OverLength is null ? Palette.Plain : Palette.Accent), Figures.Three(router.Apgr), Figures.Three(router.ApgrInterval), over,
                Figures.Percent(router.Cpt50), Figures.Percent(router.Cpt80), Figures.Percent(router.ScoreAtEqualShare), Figures.Percent(router.ShareForQuality));
        }

        screen.Write(table);
        screen.Gap();
        foreach (FixedChoice choice in pair.Fixed)
            screen.Fact(choice.Name, $"{Figures.Percent(choice.Score)} ({Figures.Percent(choice.Interval)}) with {Figures.Percent(choice.StrongShare)} strong calls");
        if (!pair.HasPrompts)
            screen.Fact("", "The rows have no prompts: length is left out, and et knows nothing.");
        screen.Gap();
        screen.Indented(2, $"APGR: the share of the gap between the models that is recovered, mean over all shares of strong calls; 0.5 is random; with the 95 % interval. CPT50, CPT80: the strong calls that recover 50 and 80 % of the gap. Equal cost: the score with {Figures.Percent(PairEvaluation.EqualShare)} strong calls. Equal score: the strong calls that reach {(pair.Quality < 1 ? Figures.Percent(pair.Quality) + " of " : "")}always-strong's score.", Palette.Muted);
    }
}
