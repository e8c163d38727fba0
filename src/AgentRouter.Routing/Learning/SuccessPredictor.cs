using AgentRouter.Configuration;
using AgentRouter.Routing.Learning.Regression;
using AgentRouter.Routing.Learning.Trees;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Learning;

/// <summary>Predicts from a task's text and group how likely each model is to succeed: the mean of a logistic regression on words and
/// of extremely randomised trees on hand features. Words do not carry over to groups that were not seen, so there the trees decide
/// alone. Safe for several threads; a prediction allocates nothing in the long run.</summary>
internal sealed class SuccessPredictor
{
    /// <summary>The most models a predictor has.</summary>
    public const int MaxModels = 64;

    private readonly TaskFeaturesPool _pool = new();

    /// <summary>Makes a predictor of its parts.</summary>
    public SuccessPredictor(IReadOnlyList<string> models, FeatureSpace space, RegressionHeads regression, TreeForest forest)
    {
        Models = models;
        Space = space;
        Regression = regression;
        Forest = forest;
    }

    /// <summary>Gets the models in the order of the predictions.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>Gets the features.</summary>
    public FeatureSpace Space { get; }

    /// <summary>Gets the regressions.</summary>
    public RegressionHeads Regression { get; }

    /// <summary>Gets the trees.</summary>
    public TreeForest Forest { get; }

    /// <summary>Trains a predictor. The same table, options and seed give the same predictor.</summary>
    /// <param name="table">The outcomes; each row has all models.</param>
    /// <param name="models">The models to predict.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">The seed of the trees.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="ConfigurationException">A model is not in the table, or no row has all of them.</exception>
    public static SuccessPredictor Train(OutcomeTable table, IReadOnlyList<string> models, SuccessPredictorOptions options, int seed, CancellationToken cancellationToken = default)
    {
        if (models.Count is 0 or > MaxModels)
            throw new ConfigurationException($"A predictor is for 1 to {MaxModels} models, not {models.Count}.");
        IReadOnlyList<OutcomeRow> rows = table.With(models).Rows;
        var space = FeatureSpace.Of(rows, options);
        var features = new TaskFeatures();
        var sparse = new SparseMatrix(space.Words.Hashes.Length + space.Groups.Names.Count + space.Sources.Names.Count + space.Means.Length);
        float[][] hand = Columns(space.Means.Length, rows.Count);
        for (int row = 0; row < rows.Count; row++)
        {
            space.Read(rows[row].Prompt, rows[row].Group, rows[row].Id, features);
            RegressionHeads.AddRow(sparse, space, features, options);
            for (int i = 0; i < hand.Length; i++)
                hand[i][row] = features.Hand[i];
        }

        double[][] scores = [.. models.Select(model => rows.Select(row => row.Models[model].Score).ToArray())];
        var regression = RegressionHeads.Fit(space, sparse, scores, options, cancellationToken);
        TreeForest forest = ExtraTrees.Grow(hand, [.. scores.Select(column => Array.ConvertAll(column, score => (float)score))], options.Trees, seed, cancellationToken);
        return new SuccessPredictor([.. models], space, regression, forest);
    }

    /// <summary>Predicts how likely each model is to succeed.</summary>
    /// <param name="prompt">The prompt, or <see langword="null"/> when it is not known.</param>
    /// <param name="group">The kind of task; empty when there is none.</param>
    /// <param name="id">The task's id, which tells its source where there is no prompt; or empty.</param>
    /// <param name="success">Room for a probability for each of <see cref="Models"/>.</param>
    public void Predict(string? prompt, ReadOnlySpan<char> group, ReadOnlySpan<char> id, Span<double> success)
    {
        Span<double> trees = stackalloc double[MaxModels];
        trees = trees[..success.Length];
        switch (PredictParts(prompt, group, id, success, trees))
        {
            case PredictorParts.Trees:
                trees.CopyTo(success);
                break;
            case PredictorParts.Both:
                for (int model = 0; model < success.Length; model++)
                    success[model] = (success[model] + trees[model]) / 2;
                break;
            default:
                break;
        }
    }

    /// <summary>Predicts with the regressions and with the trees apart.</summary>
    /// <param name="prompt">The prompt, or <see langword="null"/> when it is not known.</param>
    /// <param name="group">The kind of task; empty when there is none.</param>
    /// <param name="id">The task's id, which tells its source where there is no prompt; or empty.</param>
    /// <param name="regression">Room for the regressions' probabilities.</param>
    /// <param name="trees">Room for the trees' probabilities.</param>
    /// <returns>Which of the two <see cref="Predict"/> goes by.</returns>
    public PredictorParts PredictParts(string? prompt, ReadOnlySpan<char> group, ReadOnlySpan<char> id, Span<double> regression, Span<double> trees)
    {
        TaskFeatures features = _pool.Rent();
        try
        {
            Space.Read(prompt, group, id, features);
            Regression.Predict(features, regression);
            Forest.Predict(features.Hand, trees);
            if (!features.HasText)
                return PredictorParts.Regression;
            return features.Group >= 0 ? PredictorParts.Both : PredictorParts.Trees;
        }
        finally
        {
            _pool.Return(features);
        }
    }

    private static float[][] Columns(int columns, int rows)
    {
        var all = new float[columns][];
        for (int i = 0; i < columns; i++)
            all[i] = new float[rows];
        return all;
    }
}
