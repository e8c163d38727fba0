using AgentRouter.Routing.Outcomes;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Pools;

/// <summary>Routers among many models, measured on recorded outcomes: argmax p(model) − λ · price(model), beside each single model,
/// the best model of each group, random choice and the oracle.</summary>
internal sealed record PoolEvaluation
{
    /// <summary>The weights of the price that are tried, in probability points for the price of the best single model.</summary>
    public static IReadOnlyList<double> Lambdas { get; } = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.4];

    public required int Rows { get; init; }

    /// <summary>Gets the unit of the prices, or <see langword="null"/> when they are not known.</summary>
    public required string? PriceUnit { get; init; }

    /// <summary>Gets the model with the highest mean score, the cheapest of equals.</summary>
    public required string Best { get; init; }

    /// <summary>Gets each single model, the best first.</summary>
    public required IReadOnlyList<PoolRouter> Single { get; init; }

    /// <summary>Gets random choice, the best model of each group, and the cheapest of the best on each row.</summary>
    public required IReadOnlyList<PoolRouter> Baselines { get; init; }

    /// <summary>Gets the trained routers at each weight of the price.</summary>
    public required IReadOnlyList<PoolRouter> Trained { get; init; }

    /// <summary>Measures all routers.</summary>
    /// <param name="table">The rows, each with all models.</param>
    /// <param name="models">The models in the order of the predictions.</param>
    /// <param name="predictions">Predictions for every row; several for a repeated cross-validation.</param>
    /// <param name="policies">What policy files say of every row.</param>
    /// <param name="seed">The seed of the intervals.</param>
    public static PoolEvaluation Of(OutcomeTable table, IReadOnlyList<string> models, IReadOnlyList<TrainedPredictions> predictions, IReadOnlyList<PolicyPredictions> policies, int seed)
    {
        var prices = new PoolPrices(table, models);
        double[][] scores = Cells(table, models, outcome => outcome.Score), costs = Cells(table, models, prices.Of);
        double[] meanScores = Means(scores), meanCosts = Means(costs);
        int best = Enumerable.Range(0, models.Count).OrderByDescending(m => meanScores[m]).ThenBy(m => meanCosts[m]).First();
        var measure = new Measure(scores, costs, best, prices.Unit is not null, seed);
        double[][] expected = [.. table.Rows.Select(_ => meanCosts)];
        IEnumerable<PoolRouter> Trained(string name, Func<TrainedPredictions, double[][]> of) => (prices.Unit is null ? Lambdas.Take(1) : Lambdas)
            .Select(lambda => measure.Router(name, lambda, [.. predictions.Select(p => Choose(of(p), prices.IsRecorded ? p.GroupCosts : expected, lambda / Math.Max(1e-12, meanCosts[best])))]));
        return new PoolEvaluation
        {
            Rows = table.Rows.Count,
            PriceUnit = prices.Unit,
            Best = models[best],
            Single = [.. Enumerable.Range(0, models.Count).OrderByDescending(m => meanScores[m]).ThenBy(m => meanCosts[m])
                .Select(m => measure.Router(models[m], null, [[.. Enumerable.Repeat(m, scores.Length)]]))],
            Baselines =
            [
                measure.Random(),
                measure.Router("group", null, [.. predictions.Select(p => Choose(p.GroupScores, expected, 1e-9))]),
                measure.Router("oracle", null, [Choose(scores, costs, 1e-9)]),
            ],
            Trained =
            [
                .. Trained("lr", p => p.Regression), .. Trained("et", p => p.Trees), .. Trained("boundary", p => p.Boundary),
                .. policies.SelectMany(policy => Trained(policy.Name, _ => policy.Success)),
            ],
        };
    }

    private static int[] Choose(double[][] values, double[][] costs, double lambda)
    {
        int[] choices = new int[values.Length];
        for (int row = 0; row < choices.Length; row++)
        {
            for (int model = 1; model < values[row].Length; model++)
            {
                if (values[row][model] - lambda * costs[row][model] > values[row][choices[row]] - lambda * costs[row][choices[row]])
                    choices[row] = model;
            }
        }

        return choices;
    }

    private static double[][] Cells(OutcomeTable table, IReadOnlyList<string> models, Func<ModelOutcome, double> value) =>
        [.. table.Rows.Select(row => models.Select(model => value(row.Models[model])).ToArray())];

    private static double[] Means(double[][] cells) => [.. Enumerable.Range(0, cells[0].Length).Select(model => cells.Average(row => row[model]))];

    private sealed class Measure(double[][] scores, double[][] costs, int best, bool hasPrices, int seed)
    {
        private readonly double[] _best = [.. scores.Select(row => row[best])];
        private readonly double _bestCost = costs.Average(row => row[best]);

        public PoolRouter Router(string name, double? lambda, IReadOnlyList<int[]> choices) => Of(name, lambda,
            [.. scores.Select((cells, row) => choices.Average(choice => cells[choice[row]]))],
            costs.Select((cells, row) => choices.Average(choice => cells[choice[row]])).Average());

        public PoolRouter Random() => Of("random", null, [.. scores.Select(cells => cells.Average())], costs.Average(cells => cells.Average()));

        private PoolRouter Of(string name, double? lambda, double[] score, double cost)
        {
            double[] over = [.. score.Zip(_best, (a, b) => a - b)];
            return new PoolRouter
            {
                Name = name,
                Lambda = lambda,
                Score = score.Average(),
                ScoreInterval = Bootstrap.OfMean(score, seed),
                Price = hasPrices ? cost : null,
                PriceShare = hasPrices && _bestCost > 0 ? cost / _bestCost : null,
                OverBest = over.Average(),
                OverBestInterval = Bootstrap.OfMean(over, seed),
            };
        }
    }
}
