using AgentRouter.Routing.Learning.Regression;

namespace AgentRouter.Routing.Evaluation.Steps;

/// <summary>Predicts by logistic regression, each run by what was trained without its task.</summary>
internal static class FailureScores
{
    /// <summary>Counts the data little against the penalty: a few hundred runs, near a hundred features.</summary>
    private const double Regularization = 0.02;

    private const int Repeats = 3;
    private const int CommonTools = 70;
    private const double Clip = 4;

    /// <summary>Predicts.</summary>
    /// <param name="pairs">The runs.</param>
    /// <param name="after">How many steps have been taken; a run that ended before is taken at its end. <see cref="int.MaxValue"/> for the end.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">The seed of the folds.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>A score for each pair, the higher the likelier: the mean over several divisions into folds.</returns>
    public static double[] Of(IReadOnlyList<RunPair> pairs, int after, Func<RunPair, bool> target, int folds, int seed, CancellationToken cancellationToken)
    {
        var scores = new double[pairs.Count];
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            int[] fold = Fold(pairs, folds, new Random(seed + repeat));
            for (int held = 0; held < folds; held++)
            {
                int[] train = [.. Enumerable.Range(0, pairs.Count).Where(i => fold[i] != held)];
                IReadOnlyList<string> tools = RunStateFeatures.CommonTools(train.Select(i => pairs[i].Weak), CommonTools);
                double[][] features = [.. pairs.Select(pair => RunStateFeatures.Of(pair.Weak, Math.Min(after, pair.Weak.Steps.Count), tools))];
                Standardize(features, train);
                double[] weights = LogisticRegression.Fit(Matrix(features, train), [.. train.Select(i => target(pairs[i]) ? 1.0 : 0.0)], Regularization, cancellationToken);
                // without the intercept: it is the base rate of the other folds, and so runs against that of this one
                foreach (int i in Enumerable.Range(0, pairs.Count).Where(i => fold[i] == held))
                    scores[i] += features[i].Select((value, column) => value * weights[column]).Sum() / Repeats;
            }
        }

        return scores;
    }

    // variants of a task stay together
    private static int[] Fold(IReadOnlyList<RunPair> pairs, int folds, Random random)
    {
        string[] groups = [.. pairs.Select(pair => pair.Group).Distinct().Order(StringComparer.Ordinal)];
        random.Shuffle(groups);
        var foldOf = groups.Select((group, i) => (group, i)).ToDictionary(pair => pair.group, pair => pair.i % folds);
        return [.. pairs.Select(pair => foldOf[pair.Group])];
    }

    private static void Standardize(double[][] features, int[] train)
    {
        for (int column = 0; column < features[0].Length; column++)
        {
            double mean = train.Average(i => features[i][column]);
            double deviation = Math.Sqrt(train.Average(i => Math.Pow(features[i][column] - mean, 2)));
            foreach (double[] row in features)
                row[column] = deviation < 1e-9 ? 0 : Math.Clamp((row[column] - mean) / deviation, -Clip, Clip);
        }
    }

    private static SparseMatrix Matrix(double[][] features, int[] rows)
    {
        var matrix = new SparseMatrix(features[0].Length);
        foreach (int row in rows)
        {
            for (int column = 0; column < features[row].Length; column++)
                matrix.Add(column, (float)features[row][column]);
            matrix.EndRow();
        }

        return matrix;
    }
}
