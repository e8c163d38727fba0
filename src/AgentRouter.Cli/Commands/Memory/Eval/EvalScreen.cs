using System.Globalization;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Evaluation;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Eval;

/// <summary>How well evidence is found: by category, and by what each part of the ranking adds.</summary>
internal sealed class EvalScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the figures.</summary>
    public void Show(IReadOnlyList<EvalReport> reports)
    {
        foreach (EvalReport report in reports)
            Show(report);
    }

    private void Show(EvalReport report)
    {
        EvidenceReport figures = report.Figures;
        VariantFigures last = figures.Variants[^1];
        _screen.Title(Untrusted.Line(report.Data, 60), "share of the evidence among the first places");
        ColumnTable table = Table("questions", last.All);
        foreach ((string category, EvidenceFigures each) in last.Categories)
            Row(table, Untrusted.Line(category, 30), each);
        table.Rule();
        bool hasAdversarial = last.Categories.ContainsKey(EvidenceEvaluation.Adversarial);
        Row(table, hasAdversarial ? "all but adversarial" : "all", last.All);
        _screen.Write(table);
        if (figures.Variants.Count > 1)
            ShowLadder(figures);
        _screen.Gap();
        _screen.Fact("searched", string.Create(CultureInfo.InvariantCulture, $"{Numbers.Count(figures.Episodes)} episodes in {Numbers.Count(figures.Sets)} {(figures.Sets == 1 ? "scope" : "scopes")}, {figures.MillisecondsP50:0.0} ms a question (median)"));
        _screen.Gap();
    }

    private void ShowLadder(EvidenceReport figures)
    {
        _screen.Title("What each part adds", $"recall at {figures.Variants[1].Gain!.Depth.ToString(CultureInfo.InvariantCulture)}, question by question, to the row above; in percent and points");
        var table = new ColumnTable([new Column("ranking") { IsFlexible = true }, .. figures.Variants[0].All.At.Select(at => new Column("R@" + at.Depth.ToString(CultureInfo.InvariantCulture)) { IsRight = true }),
            new Column("all@" + figures.Variants[1].Gain!.Depth.ToString(CultureInfo.InvariantCulture)) { IsRight = true }, new Column("adds") { IsRight = true }, new Column("95 % interval") { IsRight = true }]);
        foreach (VariantFigures variant in figures.Variants)
        {
            double all = variant.All.At.First(at => at.Depth == figures.Variants[1].Gain!.Depth).AllEvidence;
            table.Row([variant.Name, .. variant.All.At.Select(at => One(at.Recall)), One(all),
                variant.Gain is null ? "" : Figures.SignedPoints(variant.Gain.Mean), variant.Gain is null ? "" : Figures.SignedPoints(variant.Gain.Interval)]);
        }

        _screen.Write(table);
    }

    private static ColumnTable Table(string first, EvidenceFigures figures) => new(
        [new Column(first) { IsFlexible = true }, new Column("") { IsRight = true }, .. figures.At.SelectMany(at => new[]
        {
            new Column("R@" + at.Depth.ToString(CultureInfo.InvariantCulture)) { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 3 },
            new Column("all@" + at.Depth.ToString(CultureInfo.InvariantCulture)) { IsRight = true, LeaveOut = 2 },
        }), new Column("MRR") { IsRight = true, LeaveOut = 1 }])
    {
        TellsLeftOut = true,
    };

    private static void Row(ColumnTable table, string name, EvidenceFigures figures) => table.Row(
        [name, Numbers.Count(figures.Questions), .. figures.At.SelectMany(at => new[] { One(at.Recall), Figures.Percent(at.RecallInterval), One(at.AllEvidence) }), Figures.Three(figures.Mrr)]);

    private static string One(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
}
