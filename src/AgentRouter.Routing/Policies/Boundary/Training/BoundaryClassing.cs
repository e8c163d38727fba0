using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Names the classes of rows: those it was made from, and new ones.</summary>
/// <param name="Known">Names the class of a row it was made from, as if it were new.</param>
/// <param name="New">Names the class of any other row.</param>
/// <param name="Risk">What tells the classes apart where it is their text.</param>
internal sealed record BoundaryClassing(Func<OutcomeRow, string> Known, Func<OutcomeRow, string> New, BoundaryRisk? Risk)
{
    private const int MostBands = 32;
    private const int RowsPerBand = 40;

    // two halves, each predicted by the other: what a predictor says of its own rows is too sure
    private const int Halves = 2;

    /// <summary>The rows' groups are the classes.</summary>
    public static BoundaryClassing ByGroup { get; } = new(GroupOf, GroupOf, null);

    /// <summary>Bands of predicted gain are the classes.</summary>
    /// <param name="rows">The rows; each has all models.</param>
    /// <param name="models">The ladder.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    public static BoundaryClassing ByRisk(IReadOnlyList<OutcomeRow> rows, IReadOnlyList<string> models, int seed, CancellationToken cancellationToken)
    {
        int[] half = Evaluation.Folds.Of(rows, Halves, unseenGroups: false, seed);
        var gains = new Dictionary<string, double>(rows.Count);
        for (int held = 0; held < Halves; held++)
        {
            OutcomeRow[] others = [.. rows.Where((_, row) => half[row] != held)];
            var risk = new BoundaryRisk(Train(others, models, seed + held + 1, cancellationToken), []);
            for (int row = 0; row < rows.Count; row++)
            {
                if (half[row] == held)
                    gains[rows[row].Id] = risk.GainOf(rows[row].Prompt, rows[row].Group, rows[row].Id);
            }
        }

        double[] sorted = [.. gains.Values.Order()];
        int bands = Math.Clamp(rows.Count / RowsPerBand, 2, MostBands);
        double[] ends = [.. Enumerable.Range(1, bands - 1).Select(band => Quantile.OfSorted(sorted, (double)band / bands))];
        var all = new BoundaryRisk(Train(rows, models, seed, cancellationToken), ends);
        return new BoundaryClassing(
            row => BoundaryRisk.ClassName(BoundaryRisk.BandOf(ends, gains[row.Id])),
            row => BoundaryRisk.ClassName(all.BandOf(row.Prompt, row.Group, row.Id)),
            all);
    }

    /// <summary>Says whether rows are told apart better by their text than by their groups: most have one, and groups are not nodes.</summary>
    public static bool PrefersRisk(IReadOnlyList<OutcomeRow> rows) =>
        rows.Count(row => row.Prompt is not null) * 10 >= rows.Count * 8
        && !rows.Any(row => row.Group.StartsWith(BoundaryClasses.NodePrefix, StringComparison.Ordinal));

    private static SuccessPredictor Train(IReadOnlyList<OutcomeRow> rows, IReadOnlyList<string> models, int seed, CancellationToken cancellationToken) =>
        SuccessPredictor.Train(new OutcomeTable(rows), models, new SuccessPredictorOptions(), seed, cancellationToken);

    private static string GroupOf(OutcomeRow row) => row.Group.Length > 0 ? row.Group : BoundaryTrainer.Other;
}
