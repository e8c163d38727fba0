using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation;

/// <summary>The two models that a router chooses between.</summary>
/// <param name="Weak">The cheap one.</param>
/// <param name="Strong">The one with the higher score.</param>
internal sealed record ModelPair(string Weak, string Strong)
{
    /// <summary>Fills in what was not named: the strong model is the one with the highest score, the weak one the cheapest, or where costs
    /// are not known the one with the lowest score.</summary>
    /// <param name="table">The table; rows that lack a model of the pair are left out.</param>
    /// <param name="weak">The weak model, or <see langword="null"/>.</param>
    /// <param name="strong">The strong model, or <see langword="null"/>.</param>
    /// <exception cref="ConfigurationException">There is one model only, both are the same, or the weak one has the higher score.</exception>
    public static ModelPair Of(OutcomeTable table, string? weak, string? strong)
    {
        if (table.Models.Count < 2)
            throw new ConfigurationException($"The table has one model, {table.Models[0]}: there is nothing to choose from.");
        if (weak is not null && weak == strong)
            throw new ConfigurationException($"--weak and --strong are the same model, '{weak}'. Name two.");
        if (weak is null || strong is null)
        {
            OutcomeTable whole = table.With(table.Models);
            string[] ranked = [.. table.Models.OrderByDescending(model => Score(whole, model)).ThenBy(model => Usd(whole, model) ?? 0)];
            strong ??= ranked.First(model => model != weak);
            string[] others = [.. ranked.Where(model => model != strong)];
            bool isPriced = Array.TrueForAll(others, model => Usd(whole, model) is not null);
            weak ??= isPriced ? others.MinBy(model => Usd(whole, model))! : others[^1];
        }

        OutcomeTable pair = table.With(weak, strong);
        (double low, double high) = (Score(pair, weak), Score(pair, strong));
        return low <= high
            ? new ModelPair(weak, strong)
            : throw new ConfigurationException($"The weak model '{weak}' has the higher score, {Percent(low)} against {Percent(high)} of '{strong}': there is nothing to gain from the strong one. Swap them, or name others.");
    }

    private static string Percent(double share) => FormattableString.Invariant($"{share * 100:0.0} %");

    private static double Score(OutcomeTable table, string model) => table.Rows.Average(row => row.Models[model].Score);

    private static double? Usd(OutcomeTable table, string model) => table.Rows.All(row => row.Models[model].Cost is not null)
        ? table.Rows.Average(row => (double)(row.Models[model].Cost ?? Money.Zero).ToUsd())
        : null;
}
