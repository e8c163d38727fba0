namespace AgentRouter.Language.Ranking;

/// <summary>Trains linear weights, and chooses among the lists that they are trained on how strongly they are held to what is known to be good.</summary>
internal static class ListwiseTraining
{
    private const int InnerFolds = 5;
    private static readonly double[] Pulls = [0.001, 0.01, 0.1, 1];

    /// <summary>Trains.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="start">The weights that are known to be good.</param>
    /// <param name="seed">The seed of the inner folds.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The weights, and how strongly they were held.</returns>
    public static (double[] Weights, double Pull) Fit(IReadOnlyList<FeatureList> lists, double[] start, int seed, CancellationToken cancellationToken)
    {
        double[] spread = Spread(lists, start.Length);
        int[] fold = Folds(lists.Count, InnerFolds, seed);
        double best = Pulls.MinBy(pull => Enumerable.Range(0, InnerFolds).Sum(part =>
        {
            double[] weights = ListwiseFit.Of([.. lists.Where((_, i) => fold[i] != part)], start, spread, pull, cancellationToken);
            FeatureList[] left = [.. lists.Where((_, i) => fold[i] == part)];
            return ListwiseFit.Loss(left, weights) * left.Count(list => list.Teaches);
        }));
        return (ListwiseFit.Of(lists, start, spread, best, cancellationToken), best);
    }

    /// <summary>Computes how far each number spreads among all things of lists.</summary>
    public static double[] Spread(IReadOnlyList<FeatureList> lists, int features)
    {
        double[] sums = new double[features], squares = new double[features];
        long count = 0;
        foreach (double[] row in lists.SelectMany(list => list.Features))
        {
            for (int i = 0; i < features; i++)
                (sums[i], squares[i]) = (sums[i] + row[i], squares[i] + row[i] * row[i]);
            count++;
        }

        // a number that never changes is held still
        return [.. sums.Select((sum, i) => Math.Max(1e-3, Math.Sqrt(Math.Max(0, squares[i] / Math.Max(1, count) - Math.Pow(sum / Math.Max(1, count), 2)))))];
    }

    /// <summary>Divides things at random into parts of the same size, or one more.</summary>
    /// <param name="count">How many things.</param>
    /// <param name="folds">How many parts.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>For each thing its part.</returns>
    public static int[] Folds(int count, int folds, int seed)
    {
        int[] fold = [.. Enumerable.Range(0, count).Select(i => i % folds)];
        new Random(seed).Shuffle(fold);
        return fold;
    }
}
