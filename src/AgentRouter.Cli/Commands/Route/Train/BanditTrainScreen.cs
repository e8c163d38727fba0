using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Policies.Bandit.Training;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>What came of warming a bandit up.</summary>
internal sealed class BanditTrainScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the measurement and where the state was saved.</summary>
    /// <param name="trained">What was learned.</param>
    /// <param name="file">The file, or <see langword="null"/> when nothing was saved.</param>
    public void Show(BanditTrained trained, string? file)
    {
        _screen.Title("A bandit that knows these rows when it starts", $"{Numbers.Of(trained.Rows, "row")}, cross-validated over whole tasks");
        if (trained.Figures.Count > 0)
        {
            Table(trained);
            _screen.Gap();
            _screen.Indented(2, "Earned: score less cost in shares of what a success is worth, a row. Behind: how much more the warmed bandit earns, with the paired 95 % interval, in points.", Palette.Muted);
            _screen.Gap();
        }

        _screen.Fact("remembers", $"{Numbers.Of(trained.Steps.Count, "outcome")} of {Numbers.Of(trained.Rows, "row")}");
        if (trained.Measured < trained.Rows)
            _screen.Fact("measured on", $"{Numbers.Of(trained.Measured, "row")}: only those that have an outcome of each model");
        if (!trained.CostsKnown)
            _screen.Fact("costs", "not all are known: what is not counts as $0; --cost MODEL=USD names it");
        _screen.Gap();
        Saved(trained, file);
    }

    private void Table(BanditTrained trained)
    {
        var table = new ColumnTable(
            new Column("") { IsFlexible = true },
            new Column("score") { IsRight = true },
            new Column("usd a row") { IsRight = true, LeaveOut = 0 },
            new Column("earned") { IsRight = true },
            new Column("behind") { IsRight = true });
        foreach (BanditFigures figures in trained.Figures)
        {
            bool isOurs = figures == trained.Figures[0];
            table.Row(
                new Cell(figures.Policy, isOurs ? Palette.Accent : Palette.Plain),
                Figures.Percent(figures.Score), Figures.Usd(figures.Usd), Figures.Percent(figures.Earned),
                isOurs ? "" : $"{Figures.SignedPoints(figures.Behind)} ({Figures.SignedPoints(figures.BehindInterval)})");
        }

        _screen.Write(table);
    }

    private void Saved(BanditTrained trained, string? file)
    {
        if (file is not null)
        {
            string shown = Untrusted.Line(file, 200);
            _screen.Line(new Paragraph($"  Saved in {shown}.", Palette.Good).Append($" Use it: router: {{ policy: bandit, state: {shown} }}"));
            return;
        }

        string why = trained.BestBaseline is { } baseline
            ? $"it does not beat {baseline.Policy}"
            : $"{Numbers.Of(trained.Measured, "row")} with an outcome of each model are too few, {BanditTraining.LeastRows} are needed";
        _screen.Line(new Paragraph($"  Not saved: {why}.", Palette.Bad).Append(" Record more tasks, or save it anyway with --force."));
    }
}
