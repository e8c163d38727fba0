using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Pools;
using AgentRouter.Routing.Policies.Boundary;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>Routers among many models.</summary>
internal sealed class PoolScreen(Screen screen, Func<string, bool> isShown)
{
    /// <summary>Shows the figures.</summary>
    public void Show(PoolEvaluation pool, EvalReport report)
    {
        screen.Title($"{Numbers.Of(pool.Single.Count, "model")}", $"{Numbers.Of(pool.Rows, "row")}, {report.Method}");
        var table = new ColumnTable(
            new Column("router") { IsFlexible = true, IsCutInMiddle = true },
            new Column("λ") { IsRight = true, LeaveOut = 5 },
            new Column("score") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            new Column(pool.PriceUnit ?? "") { IsRight = true, LeaveOut = 2 },
            new Column("of best's price") { IsRight = true, LeaveOut = 3 },
            new Column("over best") { IsRight = true, LeaveOut = 4 })
        {
            TellsLeftOut = true,
        };
        foreach (PoolRouter router in pool.Baselines.Where(router => isShown(router.Name)))
            Row(table, router, null);
        foreach (var curve in pool.Trained.Where(router => isShown(router.Name)).GroupBy(router => router.Name))
        {
            table.Rule();
            foreach (PoolRouter router in curve)
                Row(table, router, Palette.Accent);
        }

        table.Rule();
        foreach (PoolRouter router in pool.Single)
            Row(table, router, null);
        screen.Write(table);
        screen.Gap();
        if (!report.KnowsGroups)
            screen.Fact("", GroupsNote.Text);
        Conclude(pool);
        screen.Fact("in order", "agentrouter route stream measures learning from one task after another, with regret.");
        screen.Gap();
        screen.Indented(2, $"λ: how many probability points the price of the best single model ({Untrusted.Line(pool.Best, 60)}) counts for. Over best: the difference of the mean scores in points, with the paired 95 % interval.", Palette.Muted);
    }

    private void Conclude(PoolEvaluation pool)
    {
        string alone = Untrusted.Line(pool.Best, 60) + " alone";
        PoolRouter[] boundary = [.. pool.Trained.Where(router => router.Name == BoundaryDefaults.Name)];
        PoolRouter[] better = [.. boundary.Where(router => router.OverBestInterval.Low > 0)];
        PoolRouter[] asGood = [.. boundary.Where(router => router.OverBestInterval.High >= 0 && router.PriceShare < 1)];
        string told = better.MaxBy(router => router.OverBest) is { } best ? $"{best.Name} is better than {alone} by {Figures.SignedPoints(best.OverBest)} points"
            : asGood.MinBy(router => router.PriceShare) is { PriceShare: { } share } saving ? $"{saving.Name} is not told apart from {alone}, at {Figures.Percent(share)} of its price"
            : $"boundary is neither better nor cheaper than {alone}";
        screen.Fact("so", told);
    }

    private static void Row(ColumnTable table, PoolRouter router, Style? style) => table.Row(
        new Cell(Untrusted.Line(router.Name, 60), style),
        router.Lambda?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
        Figures.Percent(router.Score),
        Figures.Percent(router.ScoreInterval),
        Figures.Usd(router.Price),
        router.PriceShare is { } share ? Figures.Percent(share) : "",
        $"{Figures.SignedPoints(router.OverBest)} ({Figures.SignedPoints(router.OverBestInterval)})");
}
