using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Policies.Boundary.Training;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>What came of training a boundary policy.</summary>
internal sealed class BoundaryTrainScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the measurement and where the policy was saved.</summary>
    /// <param name="trained">What was trained.</param>
    /// <param name="file">The file, or <see langword="null"/> when nothing was saved.</param>
    public void Show(BoundaryTrained trained, string? file)
    {
        _screen.Fact("trained on", $"{Numbers.Of(trained.Rows, "step")} of {Numbers.Of(trained.Tasks, "task")}: "
            + $"{Numbers.Count(trained.Taxonomy.Easy)} easy, {Numbers.Count(trained.Taxonomy.Hard)} hard, {Numbers.Count(trained.Taxonomy.Intractable)} intractable");
        if (trained.Taxonomy.Unsolved.Count > 0)
            _screen.Fact("out of reach", $"No model has solved a step of {UnsolvedGroups.Names(trained.Taxonomy.Unsolved)}: tasks with such a step cannot succeed here.", Palette.Warning);
        _screen.Fact("ladder", string.Join(" → ", trained.Model.Rungs.Select(rung => Untrusted.Line(rung.Name, 60))));
        _screen.Fact("steps", trained.Model.IsVerified ? "verified: a wrong one is seen and may be tried again" : "not verified: a wrong one is lost");
        if (trained.IsAtMeanCosts)
            _screen.Title("Tasks that succeed, by what they cost on average", "cross-validated");
        else
            _screen.Title("Tasks that succeed under a hard cap", "cross-validated, no task over its cap");
        BoundaryFigures first = trained.Figures[0];
        var table = new ColumnTable(
        [
            new Column("policy") { IsFlexible = true, IsCutInMiddle = true },
            new Column(trained.IsAtMeanCosts ? "all costs" : "all caps") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            .. first.Caps.Select(cap => new Column(Figures.Usd((double)cap.Cap.ToUsd())) { IsRight = true }),
        ])
        {
            TellsLeftOut = true,
        };
        foreach (BoundaryFigures figures in trained.Figures)
        {
            Style style = figures == first ? Palette.Accent : Palette.Plain;
            table.Row(
            [
                new Cell(figures.Policy, style),
                new Cell(Figures.Percent(figures.Success), style),
                Figures.Percent(figures.Interval),
                .. figures.Caps.Select(cap => new Cell(Figures.Percent(cap.Success), style)),
            ]);
        }

        _screen.Write(table);
        _screen.Gap();
        foreach (BoundaryFigures baseline in trained.Figures.Skip(1))
            _screen.Fact(baseline == trained.Figures[1] ? "boundary" : "", $"{Lead(baseline.Lead!)} than {baseline.Policy}");
        _screen.Gap();
        if (file is not null)
            SavedScreen.Show(_screen, "boundary", file, trained.Verdict.IsWorthIt ? Why(trained) : $"although {Why(trained)}");
        else
            _screen.Line(new Paragraph($"  Not saved: {Why(trained)}.", Palette.Bad).Append(" Calibrate with more tasks, or save it anyway with --force."));
    }

    private static string Lead(BoundaryLead lead) =>
        $"{Figures.SignedPoints(lead.Success)} points ({Figures.SignedPoints(lead.SuccessInterval)}), {Figures.Usd(Math.Abs(lead.SavedUsd))} a task {(lead.SavedUsd < 0 ? "dearer" : "cheaper")}";

    // docs/policies/boundary.md says the same
    private static string Why(BoundaryTrained trained)
    {
        string baseline = trained.Verdict.Against?.Policy ?? "";
        return trained.Verdict.Rule switch
        {
            BoundaryRule.Better => "it succeeds more often than every baseline, beyond chance",
            BoundaryRule.AsGoodForLess => $"no baseline succeeds more often, and where it is not told apart, as from {baseline}, it costs less, beyond chance",
            BoundaryRule.BetterThanMix => $"at the same cost it succeeds more often than a random mix, beyond chance; it is not told apart from {baseline}",
            BoundaryRule.NothingSucceeds => "no task succeeds with any choice of models, so there is nothing to learn from",
            BoundaryRule.Behind => $"it does not beat {baseline}, which succeeds more often",
            BoundaryRule.NotToldApart => $"it does not beat {baseline} beyond chance: the interval of the difference holds 0",
            _ => $"{Numbers.Of(trained.Rows, "row")} are too few, {BoundaryTraining.LeastRows} are needed",
        };
    }
}
