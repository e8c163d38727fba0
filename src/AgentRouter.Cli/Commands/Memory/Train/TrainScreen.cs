using System.Globalization;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Evaluation.Training;
using AgentRouter.Memory.Retrieval.Weights;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Train;

/// <summary>What came of learning weights.</summary>
internal sealed class TrainScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the measurement, the weights, and where they were saved.</summary>
    /// <param name="trained">What was learned.</param>
    /// <param name="file">The file as it was named, or <see langword="null"/> when none was.</param>
    /// <param name="isSaved">Whether it was saved.</param>
    public void Show(WeightsTrained trained, string? file, bool isSaved)
    {
        Show("Turns", trained.Turns, MemoryWeights.Default.Turns);
        Show("Passages", trained.Passages, MemoryWeights.Default.Passages);
        _screen.Gap();
        string verdict = Verdict(trained);
        if (file is null)
        {
            _screen.Indented(2, $"Not saved: no --out was named. Measured: {verdict}.", Palette.Muted);
        }
        else if (isSaved)
        {
            _screen.Indented(2, $"Saved in {Untrusted.Line(file, 200)}: {verdict}.", trained.IsBetter ? Palette.Good : Palette.Warning);
            _screen.Indented(2, $"Use it: in agentrouter.yaml, memory: {{ weights: {Untrusted.Line(file, 200)} }}", Palette.Plain);
        }
        else
        {
            _screen.Indented(2, $"Not saved: {verdict}. Add questions, or save it anyway with --force.", Palette.Bad);
        }
    }

    private static string Verdict(WeightsTrained trained)
    {
        KindTrained[] kinds = [.. new[] { trained.Turns, trained.Passages }.OfType<KindTrained>()];
        return kinds.Any(kind => kind.IsWorse) && !trained.IsBetter ? "on what it was not learned from it is worse, and chance is ruled out"
            : trained.IsBetter ? "on what it was not learned from it is better, and chance is ruled out"
            : "on what it was not learned from it is not told apart from the weights set by hand";
    }

    private void Show(string name, KindTrained? trained, IReadOnlyDictionary<string, double> hand)
    {
        if (trained is null)
            return;
        string how = trained.Scopes is { } scopes ? $"each of {Numbers.Count(scopes)} memories with weights learned from the others" : "cross-validated within one memory";
        _screen.Title(name, $"{Numbers.Of(trained.Questions, "question")}, {how}");
        var gains = new ColumnTable(
            new Column("") { IsFlexible = true }, new Column("by hand") { IsRight = true }, new Column("learned") { IsRight = true }, new Column("gain") { IsRight = true }, new Column("95 % interval") { IsRight = true });
        foreach (TrainedGain gain in trained.Gains)
            gains.Row(gain.Figure, Figures.Three(gain.Hand), Figures.Three(gain.Learned), Figures.Signed(gain.Mean), Figures.Signed(gain.Interval));
        _screen.Write(gains);
        _screen.Gap();
        var weights = new ColumnTable(new Column("learned from all of them") { IsFlexible = true }, new Column("by hand") { IsRight = true }, new Column("learned") { IsRight = true });
        foreach ((string weight, double learned) in trained.Weights)
            weights.Row(weight, Number(hand[weight]), Number(learned));
        _screen.Write(weights);
        _screen.Gap();

        static string Number(double value) => value.ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture);
    }
}
