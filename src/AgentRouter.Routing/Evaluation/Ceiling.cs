using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation;

/// <summary>How much any router could gain on a table: what no model solves is lost to all, what all solve needs no router.</summary>
internal sealed record Ceiling
{
    /// <summary>The score from which a row counts as solved.</summary>
    public const double Solved = 0.5;

    public required int Rows { get; init; }

    /// <summary>Gets the models with their mean scores, the best first.</summary>
    public required IReadOnlyList<CeilingModel> Models { get; init; }

    /// <summary>Gets the mean of each row's best score: a router that always guesses right.</summary>
    public required double Oracle { get; init; }

    public required Interval OracleInterval { get; init; }

    /// <summary>Gets the mean cost of the oracle, which takes the cheapest of the best, where all costs are known.</summary>
    public required double? OracleUsd { get; init; }

    /// <summary>Gets the number of rows that no model solves.</summary>
    public required int AllWrong { get; init; }

    public required Interval AllWrongInterval { get; init; }

    /// <summary>Gets the number of rows that all models solve.</summary>
    public required int AllRight { get; init; }

    /// <summary>Gets the two models that a router would choose between: see <see cref="ModelPair"/>.</summary>
    public required string Weak { get; init; }

    public required string Strong { get; init; }

    /// <summary>Gets the number of rows on which only the strong model is better than the weak one: the calls an oracle over the two needs.</summary>
    public required int StrongNeeded { get; init; }

    public required Interval StrongNeededInterval { get; init; }

    /// <summary>Gets the number of rows on which the weak model is the better one.</summary>
    public required int WeakBetter { get; init; }

    /// <summary>Computes the ceiling of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="weak">The cheap model of the pair; by default the cheapest.</param>
    /// <param name="strong">The dear model of the pair; by default the one with the highest score.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <exception cref="ConfigurationException">The table has one model only, no row has all models, or the pair is none.</exception>
    public static Ceiling Of(OutcomeTable table, string? weak, string? strong, int seed)
    {
        (weak, strong) = ModelPair.Of(table, weak, strong);
        OutcomeTable whole = table.With(table.Models);
        double[][] scores = [.. whole.Models.Select(model => whole.Rows.Select(row => row.Models[model].Score).ToArray())];
        var ranked = whole.Models
            .Select((model, i) => new CeilingModel(model, scores[i].Average(), Bootstrap.OfMean(scores[i], seed), MeanUsd(whole, model)))
            .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Usd ?? 0).ToArray();
        OutcomeTable pair = table.With(weak, strong);
        double[] best = [.. whole.Rows.Select(row => row.Models.Values.Max(outcome => outcome.Score))];
        int wrong = best.Count(score => score < Solved);
        int needed = pair.Rows.Count(row => row.Models[strong].Score > row.Models[weak].Score);
        return new Ceiling
        {
            Rows = whole.Rows.Count,
            Models = ranked,
            Oracle = best.Average(),
            OracleInterval = Bootstrap.OfMean(best, seed),
            OracleUsd = OracleCost(whole),
            AllWrong = wrong,
            AllWrongInterval = ClopperPearson.Of(wrong, whole.Rows.Count),
            AllRight = whole.Rows.Count(row => row.Models.Values.All(outcome => outcome.Score >= Solved)),
            Weak = weak,
            Strong = strong,
            StrongNeeded = needed,
            StrongNeededInterval = ClopperPearson.Of(needed, pair.Rows.Count),
            WeakBetter = pair.Rows.Count(row => row.Models[weak].Score > row.Models[strong].Score),
        };
    }

    private static double? MeanUsd(OutcomeTable table, string model) =>
        table.Rows.All(row => row.Models[model].Cost is not null) ? table.Rows.Average(row => Usd(row.Models[model].Cost!.Value)) : null;

    private static double? OracleCost(OutcomeTable table)
    {
        double sum = 0;
        foreach (OutcomeRow row in table.Rows)
        {
            double best = row.Models.Values.Max(outcome => outcome.Score);
            Money? cheapest = null;
            foreach (ModelOutcome outcome in row.Models.Values)
            {
                if (outcome.Cost is not { } cost)
                    return null;
                if (outcome.Score >= best && (cheapest is null || cost < cheapest))
                    cheapest = cost;
            }

            sum += Usd(cheapest!.Value);
        }

        return sum / table.Rows.Count;
    }

    private static double Usd(Money cost) => (double)cost.ToUsd();
}

/// <summary>A model of a table.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Score">Its mean score.</param>
/// <param name="Interval">The interval of the score.</param>
/// <param name="Usd">What a row costs on average, in USD; <see langword="null"/> where costs are not known.</param>
internal sealed record CeilingModel(string Model, double Score, Interval Interval, double? Usd);
