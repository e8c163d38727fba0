using System.Globalization;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Rankers.Training;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Train;

/// <summary>What came of training a ranker.</summary>
internal sealed class TrainScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the measurement, what the ranker goes by, and where it was saved.</summary>
    /// <param name="trained">What was trained.</param>
    /// <param name="file">The file as it was named, or <see langword="null"/> when none was.</param>
    /// <param name="isSaved">Whether it was saved.</param>
    public void Show(RankerTrained trained, string? file, bool isSaved)
    {
        string leftOut = trained.LeftOut > 0 ? $"; {Numbers.Of(trained.LeftOut, "other")} {(trained.LeftOut == 1 ? "needs" : "need")} nothing that is in the pool" : "";
        _screen.Title("On tasks that it has not seen", $"{Numbers.Of(trained.Tasks, "task")}, cross-validated{leftOut}");
        var table = new ColumnTable(
            new Column("") { IsFlexible = true }, new Column("recipe") { IsRight = true }, new Column("ranker") { IsRight = true },
            new Column("gain") { IsRight = true }, new Column("95 % interval") { IsRight = true });
        Row("Hit@1", figures => figures.Hit1, trained.Hit1Gain);
        Row("MRR@10", figures => figures.Mrr10, trained.Mrr10Gain);
        Row("Recall@20", figures => figures.Recall20, trained.Recall20Gain);
        Row("all that is needed among ten", figures => figures.Coverage10, trained.Coverage10Gain);
        _screen.Write(table);
        Weights(trained);
        _screen.Gap();
        Saved(trained, file, isSaved);

        void Row(string name, Func<MeanFigures, Figure> figure, Figure gain) => table.Row(
            name, Figures.Three(figure(trained.Recipe).Mean), Figures.Three(figure(trained.Ranker).Mean), Figures.Signed(gain.Mean), Figures.Signed(gain.Interval));
    }

    private void Weights(RankerTrained trained)
    {
        _screen.Title("What it goes by", "trained on all of them");
        var table = new ColumnTable(new Column("") { IsFlexible = true }, new Column("weight") { IsRight = true }, new Column("moves") { IsRight = true });
        foreach ((string name, double moves) in trained.Importance.OrderByDescending(each => Math.Abs(each.Value)))
            table.Row(Untrusted.Line(name, 60), Number(trained.Weights[name]), Number(moves));
        _screen.Write(table);
        _screen.Gap();
        _screen.Indented(2, "Moves: the weight times how far its number spreads among the skills that are found.", Palette.Muted);

        static string Number(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
    }

    private void Saved(RankerTrained trained, string? file, bool isSaved)
    {
        string verdict = trained.IsWorse ? "on tasks that it has not seen it is worse, and chance is ruled out" : trained.IsBetter ? "what is needed stands higher, or more of it among ten, and chance is ruled out" : "it is not told apart from chance that what is needed stands higher, or more of it among ten";
        if (file is null)
        {
            _screen.Indented(2, $"Not saved: no --out was named. Measured: {verdict}.", Palette.Muted);
        }
        else if (isSaved)
        {
            _screen.Indented(2, $"Saved in {Untrusted.Line(file, 200)}: {verdict}.", trained.IsBetter ? Palette.Good : Palette.Warning);
            _screen.Indented(2, $"Use it: agentrouter skills search \"…\" --ranker {Untrusted.Line(file, 200)}, or in an agent skills: {{ ranker: {Untrusted.Line(Path.GetFileName(file), 100)} }}", Palette.Plain);
        }
        else
        {
            _screen.Indented(2, $"Not saved: {verdict}. Add tasks, or save it anyway with --force.", Palette.Bad);
        }
    }
}
