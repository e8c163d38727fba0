using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Policies.Capability.Training;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>What came of training requirements.</summary>
internal sealed class CapabilityTrainScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the measurement and where the policy was saved.</summary>
    /// <param name="trained">What was trained.</param>
    /// <param name="file">The file, or <see langword="null"/> when nothing was saved.</param>
    public void Show(CapabilityTrained trained, string? file)
    {
        _screen.Title("The cheapest model that is strong enough", $"{Numbers.Of(trained.Rows, "row")}, cross-validated over whole tasks");
        Table(trained);
        _screen.Gap();
        foreach (CapabilityFigures figures in trained.Figures)
            _screen.Fact(figures.Name, Over(figures));
        _screen.Gap();
        _screen.Indented(2, "Tau: the shortfall that is put up with. Over mix: points over the best random mix of single models that costs the same, known in hindsight; over length: over sending the longest prompts to the best model at the same cost. Both below the table as the mean over all thresholds, with the paired 95 % interval.", Palette.Muted);
        _screen.Gap();
        Saved(trained, file);
    }

    private void Table(CapabilityTrained trained)
    {
        var table = new ColumnTable(
            new Column("") { IsFlexible = true, IsCutInMiddle = true },
            new Column("score") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 0 },
            new Column(trained.CostUnit) { IsRight = true },
            new Column("of best's price") { IsRight = true, LeaveOut = 2 },
            new Column("over best") { IsRight = true, LeaveOut = 1 },
            new Column("over mix") { IsRight = true })
        {
            TellsLeftOut = true,
        };
        foreach (CapabilityPoint point in trained.Figures[0].Points)
        {
            bool isKept = point.Tau == trained.Model.Tau;
            table.Row(
                new Cell($"tau {point.Tau.ToString("0.00", CultureInfo.InvariantCulture)}{(isKept ? ", kept" : "")}", isKept ? Palette.Accent : Palette.Plain),
                Figures.Percent(point.Score), Figures.Percent(point.ScoreInterval), Figures.Usd(point.Cost), Figures.Percent(point.CostShare),
                $"{Figures.SignedPoints(point.OverBest)} ({Figures.SignedPoints(point.OverBestInterval)})", Figures.SignedPoints(point.OverMix));
        }

        table.Rule();
        foreach (SingleModel single in trained.Singles)
            table.Row($"always {Untrusted.Line(single.Model, 50)}", Figures.Percent(single.Score), "", Figures.Usd(single.Cost), "", "", "");
        _screen.Write(table);
    }

    private static string Over(CapabilityFigures figures)
    {
        string mix = $"{Figures.SignedPoints(figures.OverMix)} ({Figures.SignedPoints(figures.OverMixInterval)}) over the mix";
        return figures is { OverLength: { } length, OverLengthInterval: { } interval }
            ? $"{mix}, {Figures.SignedPoints(length)} ({Figures.SignedPoints(interval)}) over length"
            : mix;
    }

    private void Saved(CapabilityTrained trained, string? file)
    {
        if (file is not null)
        {
            SavedScreen.Show(_screen, "capability", file);
            return;
        }

        string why = trained.BeatsBaselines
            ? $"{Numbers.Of(trained.Rows, "row")} are too few, {CapabilityTraining.LeastRows} are needed"
            : "at the same cost it is no better than a random mix, or than length";
        _screen.Line(new Paragraph($"  Not saved: {why}.", Palette.Bad).Append(" Record more tasks, or save it anyway with --force."));
    }
}
