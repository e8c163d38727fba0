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
        _screen.Fact("ladder", string.Join(" → ", trained.Model.Rungs.Select(rung => Untrusted.Line(rung.Name, 60))));
        _screen.Fact("steps", trained.Model.IsVerified ? "verified: a wrong one is seen and may be tried again" : "not verified: a wrong one is lost");
        if (trained.IsAtMeanCosts)
            _screen.Title("Tasks that succeed, by what they cost on average", "cross-validated");
        else
            _screen.Title("Tasks that succeed under a hard cap", "cross-validated, no task over its cap");
        BoundaryFigures first = trained.Figures[0];
        var table = new ColumnTable(
        [
            new Column("policy") { IsFlexible = true },
            new Column(trained.IsAtMeanCosts ? "all costs" : "all caps") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            .. first.Caps.Select(cap => new Column(Figures.Usd((double)cap.Cap.ToUsd())) { IsRight = true }),
        ]);
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
        if (file is not null)
        {
            _screen.Line(new Paragraph($"  Saved in {Untrusted.Line(file, 200)}.", Palette.Good).Append($" Use it: router: {{ policy: boundary, file: {Untrusted.Line(file, 200)} }}"));
            return;
        }

        string why = trained.BeatsBaselines
            ? $"{Numbers.Of(trained.Rows, "row")} are too few, {BoundaryTraining.LeastRows} are needed"
            : $"it does not beat {trained.Figures.Skip(1).MaxBy(entry => entry.Success)!.Policy}";
        _screen.Line(new Paragraph($"  Not saved: {why}.", Palette.Bad).Append(" Calibrate with more tasks, or save it anyway with --force."));
    }
}
