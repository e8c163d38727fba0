using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Measures a boundary policy where every task is one step that nothing verifies. A cap on each task leaves no choice there; what
/// counts is how often it is right for what tasks cost on average. Baselines are measured at the mean cost that it had.</summary>
internal sealed class BoundaryMeanValidation
{
    /// <summary>The mean costs, as shares of the way from the cheapest model to the dearest.</summary>
    public static readonly IReadOnlyList<double> Shares = [0.1, 0.25, 0.5, 0.75, 0.9];

    private readonly IReadOnlyList<BoundaryRung> _rungs;
    private readonly string[] _models;
    private readonly IReadOnlyList<OutcomeRow> _rows;
    private readonly Func<IReadOnlyList<OutcomeRow>, CancellationToken, BoundaryClassing> _classing;
    private readonly int _seed;

    /// <summary>Prepares the measurement.</summary>
    /// <param name="rows">The rows; each has all models.</param>
    /// <param name="rungs">The ladder.</param>
    /// <param name="classing">Learns the classes from rows.</param>
    /// <param name="seed">The seed of the folds and of the intervals.</param>
    public BoundaryMeanValidation(
        IReadOnlyList<OutcomeRow> rows, IReadOnlyList<BoundaryRung> rungs, Func<IReadOnlyList<OutcomeRow>, CancellationToken, BoundaryClassing> classing, int seed)
    {
        (_rows, _rungs, _classing, _seed) = (rows, rungs, classing, seed);
        _models = [.. rungs.Select(rung => rung.Name)];
    }

    /// <summary>Says whether tasks are measured so.</summary>
    public static bool Fits(IReadOnlyList<OutcomeRow> rows, bool isVerified) => !isVerified && rows.All(row => row.Step == 1) && rows.DistinctBy(row => row.Task).Count() == rows.Count;

    /// <summary>Measures the policies, the boundary policy first.</summary>
    public IReadOnlyList<BoundaryFigures> Measure(int folds, CancellationToken cancellationToken)
    {
        int[] fold = Evaluation.Folds.Of(_rows, folds, unseenGroups: false, _seed);
        double cheap = _rows.Average(row => Cost(row, 0)), dear = _rows.Average(row => Cost(row, _models.Length - 1));
        double[] budgets = [.. Shares.Select(share => cheap + share * (dear - cheap))];
        int[][] chosen = [.. budgets.Select(_ => new int[_rows.Count])];
        var lengths = new int[folds][];
        for (int held = 0; held < folds; held++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OutcomeRow[] others = [.. _rows.Where((_, row) => fold[row] != held)];
            BoundaryClassing classes = _classing(others, cancellationToken);
            BoundaryModel model = BoundaryTrainer.Train(new OutcomeTable(others), _rungs, classes.Known, isVerified: false);
            lengths[held] = [.. others.Select(Length).Order()];
            for (int b = 0; b < budgets.Length; b++)
            {
                int[] best = Choices(model, budgets[b]);
                for (int row = 0; row < _rows.Count; row++)
                {
                    if (fold[row] != held)
                        continue;
                    int at = model.IndexOf(classes.New(_rows[row]));
                    chosen[b][row] = best[at < 0 ? Math.Max(0, model.IndexOf(BoundaryTrainer.Other)) : at];
                }
            }
        }

        // baselines get what was spent, not what was allowed: a plan from training keeps a budget only about
        double[] shares = [.. chosen.Select(rungs => dear > cheap ? Math.Clamp((rungs.Select((rung, row) => Cost(_rows[row], rung)).Average() - cheap) / (dear - cheap), 0, 1) : 0)];
        int Long(int b, int row) => Length(_rows[row]) > Quantile(lengths[fold[row]], 1 - shares[b]) ? _models.Length - 1 : 0;
        List<BoundaryPlayed> played =
        [
            Played(BoundaryDefaults.Name, budgets, (b, row) => Score(row, chosen[b][row]), (b, row) => Cost(_rows[row], chosen[b][row])),
            Played("random mix", budgets, (b, row) => Mix(shares[b], rung => Score(row, rung)), (b, row) => Mix(shares[b], rung => Cost(_rows[row], rung))),
        ];
        if (_rows.Any(row => row.Prompt is not null))
            played.Add(Played("longest prompts", budgets, (b, row) => Score(row, Long(b, row)), (b, row) => Cost(_rows[row], Long(b, row))));
        return BoundaryFigures.Of(played, _seed);
    }

    private double Mix(double share, Func<int, double> of) => share * of(_models.Length - 1) + (1 - share) * of(0);

    private static int Quantile(int[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    // each class's rung at the lowest price of a dollar at which classes as often as in training cost no more than the budget
    private int[] Choices(BoundaryModel model, double budget)
    {
        double low = 0, high = 1 / Math.Max(1e-9, model.Classes.Min(of => of.MeanCost(0)) + 1e-9);
        int[] best = [.. model.Classes.Select(of => BestOf(of, high))];
        for (int i = 0; i < 60; i++)
        {
            double price = (low + high) / 2;
            int[] choices = [.. model.Classes.Select(of => BestOf(of, price))];
            if (model.Classes.Select((of, z) => of.Share * of.MeanCost(choices[z])).Sum() <= budget)
                (high, best) = (price, choices);
            else
                low = price;
        }

        return best;
    }

    private int BestOf(BoundaryClass of, double price) =>
        Enumerable.Range(0, _models.Length).MaxBy(rung => of.Success(rung, failed: 0) - price * of.MeanCost(rung));

    private BoundaryPlayed Played(string name, double[] budgets, Func<int, int, double> score, Func<int, int, double> cost)
    {
        int[] rows = [.. Enumerable.Range(0, _rows.Count)];
        double[] means = [.. rows.Select(row => budgets.Select((_, b) => score(b, row)).Average())];
        double[] costs = [.. rows.Select(row => budgets.Select((_, b) => cost(b, row)).Average())];
        return new BoundaryPlayed(name, means, costs, [.. budgets.Select((budget, b) =>
        {
            double[] right = [.. rows.Select(row => score(b, row))];
            return new BoundaryCapFigures(Money.FromUsd(decimal.Round((decimal)budget, 12)), right.Average(), Bootstrap.OfMean(right, _seed), rows.Average(row => cost(b, row)));
        })]);
    }

    private static int Length(OutcomeRow row) => row.Prompt?.Length ?? 0;

    private double Score(int row, int rung) => _rows[row].Models[_models[rung]].Score >= Evaluation.Ceiling.Solved ? 1 : 0;

    private double Cost(OutcomeRow row, int rung) => (double)(row.Models[_models[rung]].Cost ?? Money.Zero).ToUsd();
}
