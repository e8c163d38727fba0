namespace AgentRouter.Statistics;

/// <summary>Percentile bootstrap over items. B. Efron, 1979.</summary>
internal static class Bootstrap
{
    public const int Draws = 1_000;

    /// <summary>Draws items with replacement, computes a statistic of each draw, and gives the middle 95 %.</summary>
    /// <param name="items">The number of items.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="statistic">The statistic of a draw: the indexes of its items.</param>
    /// <param name="draws">The number of draws.</param>
    public static Interval Of(int items, int seed, Func<int[], double> statistic, int draws = Draws)
    {
        var random = new Random(seed);
        var values = new double[draws];
        var draw = new int[items];
        for (int d = 0; d < draws; d++)
        {
            for (int i = 0; i < items; i++)
                draw[i] = random.Next(items);
            values[d] = statistic(draw);
        }

        Array.Sort(values);
        return new Interval(Quantile.OfSorted(values, 0.025), Quantile.OfSorted(values, 0.975));
    }

    /// <summary>The interval of a mean.</summary>
    public static Interval OfMean(IReadOnlyList<double> values, int seed, int draws = Draws) =>
        Of(values.Count, seed, draw => draw.Average(i => values[i]), draws);
}
