using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Policies.Cascade.Training;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>What came of learning the rungs of a cascade.</summary>
internal sealed class CascadeTrainScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the rungs and where the state was saved.</summary>
    /// <param name="trained">What was learned.</param>
    /// <param name="file">The file, or <see langword="null"/> when nothing was saved.</param>
    public void Show(CascadeTrained trained, string? file)
    {
        _screen.Title("A cascade that knows its rungs when it starts", Numbers.Of(trained.Rows, "row"));
        var table = new ColumnTable(
            new Column("rung") { IsFlexible = true },
            new Column("alone") { IsRight = true },
            new Column("started on") { IsRight = true },
            new Column("then right") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 0 },
            new Column("median cost") { IsRight = true });
        foreach (RungFigures rung in trained.Rungs)
        {
            table.Row(
                Untrusted.Line(rung.Model, 50), Figures.Percent(rung.Whole), Numbers.Of(rung.Rows, "row"), Figures.Percent(rung.Success),
                Figures.Percent(rung.Interval), Figures.Usd(rung.Usd));
        }

        _screen.Write(table);
        _screen.Gap();
        _screen.Indented(2, "Alone: how often it is right when it takes every row. Started on: the rows on which all rungs before it fail, as a check that is always right sees it.", Palette.Muted);
        _screen.Gap();
        _screen.Fact("checks", $"predicted with a squared error smaller by {Figures.Signed(trained.Gain)} ({Figures.Signed(trained.GainInterval)}) than knowing nothing, cross-validated over whole tasks");
        _screen.Gap();
        Saved(trained, file);
    }

    private void Saved(CascadeTrained trained, string? file)
    {
        if (file is not null)
        {
            string shown = Untrusted.Line(file, 200), ladder = string.Join(", ", trained.Rungs.Select(rung => Untrusted.Line(rung.Model, 50)));
            _screen.Line(new Paragraph($"  Saved in {shown}.", Palette.Good).Append($" Use it: router: {{ policy: cascade, ladder: [{ladder}], state: {shown} }}"));
            return;
        }

        string why = trained.BeatsBaseline
            ? $"{Numbers.Of(trained.Rows, "row")} are too few, {CascadeTraining.LeastRows} are needed"
            : "it predicts checks no better than knowing nothing";
        _screen.Line(new Paragraph($"  Not saved: {why}.", Palette.Bad).Append(" Record more tasks, or save it anyway with --force."));
    }
}
