using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Models;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Routing.Evaluation.Trajectories;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Switches;

/// <summary>What changes of models cost on recorded runs.</summary>
internal sealed class SwitchesScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the report.</summary>
    public void Show(SwitchReport report, SwitchPair pair)
    {
        Plans(report);
        Planner(report);
        Moves(report);
        _screen.Gap();
        _screen.Fact("runs", $"{Numbers.Count(report.Runs)} with {Numbers.Count(report.Steps)} LLM calls, replayed with their content held fixed");
        _screen.Fact("weak", Prices(pair.Weak));
        _screen.Fact("strong", Prices(pair.Strong));
        _screen.Fact("tokens", string.Create(CultureInfo.InvariantCulture, $"as recorded; where only messages were, {MessageTrajectory.CharactersPerToken} characters each, tool schemas not counted"));
        _screen.Fact("recorded", "each run is by one model: the replay prices a change of models, it cannot show what becomes of the result", Palette.Muted);
    }

    private void Plans(SwitchReport report)
    {
        _screen.Title("Plans", "who takes which step, to the letter; mean of a run");
        var table = new ColumnTable(
            new Column("plan") { IsFlexible = true },
            new Column("strong steps") { IsRight = true },
            new Column("usd") { IsRight = true },
            new Column("of always-strong") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            new Column("not in cache") { IsRight = true, LeaveOut = 2 })
        {
            TellsLeftOut = true,
        };
        table.Row("always strong, nothing cached", Figures.Percent(1), Usd(report.StrongUncachedUsd), Figures.Percent(report.StrongUncachedUsd / report.Plans[0].Usd), "", "");
        foreach (PlanRow row in report.Plans)
            table.Row(row.Plan, Figures.Percent(row.StrongShare), Usd(row.Usd), Figures.Percent(row.OfAlwaysStrong), Figures.Percent(row.OfAlwaysStrongInterval), Usd(row.UncachedUsd));
        if (report.RecordedUsd is { } recorded)
            table.Rule().Row(new Cell("as recorded, billed", Palette.Muted), "", Usd(recorded), Figures.Percent(recorded / report.Plans[0].Usd), "", "");
        _screen.Write(table);
    }

    private void Planner(SwitchReport report)
    {
        _screen.Title("Planner", "dollars, and the worth of each wished strong step that the weak model took; mean of a run");
        var table = new ColumnTable(
            new Column("strong model wished") { IsFlexible = true },
            new Column("worth") { IsRight = true },
            new Column("followed") { IsRight = true, LeaveOut = 2 },
            new Column("no switch") { IsRight = true },
            new Column("best switch") { IsRight = true },
            new Column("planner") { IsRight = true },
            new Column("of best") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            new Column("strong steps") { IsRight = true, LeaveOut = 3 })
        {
            TellsLeftOut = true,
        };
        string? wishes = null;
        foreach (PlannerRow row in report.Planner)
        {
            if (wishes is not null && wishes != row.Wishes)
                table.Rule();
            table.Row(row.Wishes == wishes ? "" : row.Wishes, Usd(row.WorthUsd), Usd(row.FollowedUsd), Usd(row.NeverSwitchingUsd), Usd(row.BestSingleSwitchUsd), Usd(row.PlannerUsd),
                Figures.Three(row.OfBest), Figures.Three(row.OfBestInterval), Figures.Percent(row.StrongShare));
            wishes = row.Wishes;
        }

        _screen.Write(table);
        PlannerRow worst = report.Planner.MaxBy(row => row.OfBest)!;
        double pooled = report.Planner.Sum(row => row.PlannerUsd) / report.Planner.Sum(row => row.BestSingleSwitchUsd);
        double noSwitch = report.Planner.Max(row => row.PlannerUsd / row.NeverSwitchingUsd);
        _screen.Indented(2, $"planner in all rows: {Figures.Three(pooled)} of best; the worst row {Figures.Three(worst.OfBest)} of best ({worst.Wishes}, {Usd(worst.WorthUsd)}); at most {Figures.Three(noSwitch)} of no switch", Palette.Muted);
        _screen.Indented(2, "no switch: the better of always-weak and always-strong; best switch: the best plan of each run with one change or none, in hindsight", Palette.Muted);
    }

    private void Moves(SwitchReport report)
    {
        _screen.Title("Moves", "from the weak to the strong model, for the rest of the run; mean over runs that are longer");
        var table = new ColumnTable(
            new Column("after step") { IsRight = true },
            new Column("runs") { IsRight = true, LeaveOut = 1 },
            new Column("prompt tokens") { IsRight = true },
            new Column("taken in for") { IsRight = true },
            new Column("dearer by") { IsRight = true },
            new Column("pays from, a strong step") { IsRight = true })
        {
            TellsLeftOut = true,
        };
        foreach (MoveRow row in report.Moves)
            table.Row(Numbers.Count(row.After), Numbers.Count(row.Runs), Numbers.Count((long)row.PromptTokens), Usd(row.CacheWritesUsd), Usd(row.ExtraUsd), Usd(row.BreakEvenUsd));
        _screen.Write(table);
        if (report.StrongRunUsd is { } whole)
            _screen.Indented(2, $"a whole run that was recorded with the strong model cost {Usd(whole)}", Palette.Muted);
    }

    private static string Usd(double usd) => "$" + usd.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Prices(ModelProfile model) => string.Create(CultureInfo.InvariantCulture,
        $"{Untrusted.Line(model.Name, 60)}: {model.Prices.Input} in, {model.Prices.Output} out, {model.Prices.CachedRead} cached, {model.Prices.CacheWrite} written, USD per million; prefix from {model.CacheMinimumTokens:N0} tokens, kept {model.CacheTimeToLive.TotalSeconds:0} s");
}
