using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Pairs;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Statistics;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>Routers between two models.</summary>
internal sealed class PairScreen(Screen screen, Func<string, bool> isShown)
{
    private const double Random = 0.5;

    /// <summary>Shows the figures.</summary>
    public void Show(PairEvaluation pair, EvalReport report)
    {
        screen.Title($"{Untrusted.Line(pair.Weak, 40)} or {Untrusted.Line(pair.Strong, 40)}", $"{Numbers.Of(pair.Rows, "row")}, {report.Method}");
        var table = new ColumnTable(
            new Column("router") { IsFlexible = true, IsCutInMiddle = true },
            new Column("APGR") { IsRight = true },
            new Column("interval") { IsRight = true, LeaveOut = 4 },
            new Column("over length") { IsRight = true, LeaveOut = 3 },
            new Column("CPT50") { IsRight = true, LeaveOut = 2 },
            new Column("CPT80") { IsRight = true, LeaveOut = 2 },
            new Column("half strong") { IsRight = true, LeaveOut = 0 },
            new Column("equal score") { IsRight = true, LeaveOut = 1 })
        {
            TellsLeftOut = true,
        };
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
        if (!report.KnowsGroups)
            screen.Fact("", GroupsNote.Text);
        Conclude(pair);
        screen.Gap();
        screen.Indented(2, $"APGR: the share of the gap between the models that is recovered, mean over all shares of strong calls; 0.5 is random, above 1 it passes always-strong; with the 95 % interval. Over length: the paired difference to sending the longest prompts to the strong model. CPT50, CPT80: the strong calls that recover 50 and 80 % of the gap. Half strong: the score with {Figures.Percent(PairEvaluation.EqualShare)} strong calls. Equal score: the strong calls that reach {(pair.Quality < 1 ? Figures.Percent(pair.Quality) + " of " : "")}always-strong's score.", Palette.Muted);
    }

    // what the table comes to, so that nobody has to read it out of the intervals
    private void Conclude(PairEvaluation pair)
    {
        PairRouter boundary = pair.Routers.First(router => router.Name == BoundaryDefaults.Name);
        (string baseline, Interval lead) = boundary.OverLengthInterval is { } over
            ? ("routing by length", over)
            : ("random choice", new Interval(boundary.ApgrInterval.Low - Random, boundary.ApgrInterval.High - Random));
        string told = lead.Low > 0 ? $"boundary is better than {baseline}" : lead.High < 0 ? $"boundary is worse than {baseline}" : $"boundary is not told apart from {baseline}";
        double most = pair.Fixed.Max(choice => choice.Score) - pair.Fixed.Where(choice => choice.StrongShare is 0 or 1).Max(choice => choice.Score);
        screen.Fact("so", $"{told}; {Figures.SignedPoints(most)} points over the better model are the most that any router could gain");
    }
}
