namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Puts the first of what was found into a better order. What stands behind them stays, and nothing is left out.</summary>
internal static class RecallOrder
{
    // G. Cormack, C. Clarke, S. Büttcher, "Reciprocal rank fusion", 2009
    private const double Fusion = 60;

    /// <summary>Orders by scores; of equal ones the first stays first.</summary>
    /// <param name="items">What was found.</param>
    /// <param name="scores">A score for each of the first of them.</param>
    public static IReadOnlyList<RecalledItem> ByScores(IReadOnlyList<RecalledItem> items, IReadOnlyList<double> scores) =>
        [.. Enumerable.Range(0, scores.Count).OrderByDescending(place => scores[place]).Select(place => items[place]), .. items.Skip(scores.Count)];

    /// <summary>Orders by the places that things have by words and by meaning: neither is right alone.</summary>
    /// <param name="items">What was found.</param>
    /// <param name="nearness">The cosine of each of the first of them; <see langword="null"/> for one without a vector, which keeps its place in both.</param>
    public static IReadOnlyList<RecalledItem> Fused(IReadOnlyList<RecalledItem> items, IReadOnlyList<float?> nearness)
    {
        var places = new int[nearness.Count];
        int[] known = [.. Enumerable.Range(0, places.Length).Where(place => nearness[place] is not null)];
        foreach (int place in Enumerable.Range(0, places.Length).Except(known))
            places[place] = place;
        foreach ((int rank, int place) in known.OrderByDescending(place => nearness[place]).Index())
            places[place] = known[rank];
        return ByScores(items, [.. places.Select((place, own) => (1 / (Fusion + own)) + (1 / (Fusion + place)))]);
    }
}
