namespace AgentRouter.Routing.Learning.Regression;

/// <summary>A logistic regression for each model over words, group, source and hand features.</summary>
/// <param name="Words">The weights of each word, one for each model, word after word.</param>
/// <param name="Groups">The same for each group.</param>
/// <param name="Sources">The same for each source.</param>
/// <param name="Hand">The same for each hand feature.</param>
/// <param name="Intercepts">The intercept of each model.</param>
internal sealed record RegressionHeads(float[] Words, float[] Groups, float[] Sources, float[] Hand, float[] Intercepts)
{
    // weights have few digits, so that a file stays readable; finer ones would be noise
    private const double Digits = 10_000;

    /// <summary>Fits the regressions, each on a thread of its own.</summary>
    /// <param name="space">The features.</param>
    /// <param name="rows">The features of each training row.</param>
    /// <param name="scores">The scores of each model.</param>
    /// <param name="options">Penalties and scales.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    public static RegressionHeads Fit(FeatureSpace space, SparseMatrix rows, IReadOnlyList<double[]> scores, SuccessPredictorOptions options, CancellationToken cancellationToken)
    {
        var weights = new double[scores.Count][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, scores.Count, parallel, model => weights[model] = LogisticRegression.Fit(rows, scores[model], options.Regularization, cancellationToken));
        int at = 0;
        return new RegressionHeads(
            Take(space.Words.Hashes.Length, 1),
            Take(space.Groups.Names.Count, options.GroupScale),
            Take(space.Sources.Names.Count, options.GroupScale),
            Take(space.Means.Length, options.HandScale),
            Take(1, 1));

        // the scale of a column goes into its weight
        float[] Take(int columns, float scale)
        {
            var part = new float[columns * weights.Length];
            for (int column = 0; column < columns; column++, at++)
            {
                for (int model = 0; model < weights.Length; model++)
                    part[column * weights.Length + model] = (float)(Math.Round(weights[model][at] * scale * Digits) / Digits);
            }

            return part;
        }
    }

    /// <summary>Adds a training row to the matrix that <see cref="Fit"/> takes.</summary>
    public static void AddRow(SparseMatrix matrix, FeatureSpace space, TaskFeatures features, SuccessPredictorOptions options)
    {
        for (int i = 0; i < features.Words.Length; i++)
            matrix.Add(features.Words.Positions[i], features.Words.Weights[i]);
        int at = space.Words.Hashes.Length;
        if (features.Group >= 0)
            matrix.Add(at + features.Group, options.GroupScale);
        at += space.Groups.Names.Count;
        if (features.Source >= 0)
            matrix.Add(at + features.Source, options.GroupScale);
        at += space.Sources.Names.Count;
        for (int i = 0; i < features.Hand.Length; i++)
            matrix.Add(at + i, features.Hand[i] * options.HandScale);
        matrix.EndRow();
    }

    /// <summary>Predicts each model's probability of success.</summary>
    public void Predict(TaskFeatures features, Span<double> success)
    {
        int models = Intercepts.Length;
        for (int model = 0; model < models; model++)
            success[model] = Intercepts[model];
        ReadOnlySpan<int> positions = features.Words.Positions;
        ReadOnlySpan<float> values = features.Words.Weights;
        for (int i = 0; i < positions.Length; i++)
            Add(Words, positions[i], values[i], success);
        if (features.Group >= 0)
            Add(Groups, features.Group, 1, success);
        if (features.Source >= 0)
            Add(Sources, features.Source, 1, success);
        if (features.HasText)
        {
            for (int i = 0; i < features.Hand.Length; i++)
                Add(Hand, i, features.Hand[i], success);
        }

        for (int model = 0; model < models; model++)
            success[model] = LogisticRegression.Sigmoid(success[model]);
    }

    private static void Add(float[] weights, int column, float value, Span<double> sums)
    {
        ReadOnlySpan<float> row = weights.AsSpan(column * sums.Length, sums.Length);
        for (int model = 0; model < sums.Length; model++)
            sums[model] += (double)row[model] * value;
    }
}
