using AgentRouter.Configuration;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation;

/// <summary>Predictions for every row of a table by predictors that were trained without it.</summary>
internal sealed class TrainedPredictions
{
    private TrainedPredictions(int rows, int models)
    {
        Regression = Rows(rows, models);
        Trees = Rows(rows, models);
        Boundary = Rows(rows, models);
        GroupScores = Rows(rows, models);
        GroupCosts = Rows(rows, models);
    }

    /// <summary>Gets the regressions' probabilities: for each row one for each model.</summary>
    public double[][] Regression { get; }

    /// <summary>Gets the trees' probabilities.</summary>
    public double[][] Trees { get; }

    /// <summary>Gets what the boundary policy goes by.</summary>
    public double[][] Boundary { get; }

    /// <summary>Gets the shrunken mean score of the row's group.</summary>
    public double[][] GroupScores { get; }

    /// <summary>Gets the shrunken mean cost of the row's group, in USD; NaN where costs are not known.</summary>
    public double[][] GroupCosts { get; }

    /// <summary>Predicts by cross-validation.</summary>
    /// <param name="table">The table; each row has all models.</param>
    /// <param name="models">The models.</param>
    /// <param name="options">Folds and seed; <see cref="EvaluationOptions.Repeats"/> predictions are made.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="ConfigurationException">The table is too small for the folds.</exception>
    public static IReadOnlyList<TrainedPredictions> CrossValidate(
        OutcomeTable table, IReadOnlyList<string> models, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var all = new List<TrainedPredictions>();
        for (int repeat = 0; repeat < options.Repeats; repeat++)
        {
            int seed = unchecked(options.Seed + repeat * 7_919);
            int[] folds = Folds.Of(table.Rows, options.Folds, options.UnseenGroups, seed);
            var predictions = new TrainedPredictions(table.Rows.Count, models.Count);
            for (int fold = 0; fold < options.Folds; fold++)
            {
                OutcomeRow[] train = [.. table.Rows.Where((_, row) => folds[row] != fold)];
                predictions.Fill(train, table.Rows, [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)], models, unchecked(seed * 31 + fold), cancellationToken);
                progress?.Report((repeat * options.Folds + fold + 1.0) / (options.Repeats * options.Folds));
            }

            all.Add(predictions);
        }

        return all;
    }

    /// <summary>Predicts one table by what was trained on another.</summary>
    /// <exception cref="ConfigurationException">A row is in both tables, or there is too little to train on.</exception>
    public static TrainedPredictions Of(OutcomeTable train, OutcomeTable table, IReadOnlyList<string> models, int seed, CancellationToken cancellationToken)
    {
        HashSet<string> ids = [.. train.Rows.Select(row => row.Id)];
        HashSet<long> known = [.. RowHashes.Of(train.Rows)];
        if (table.Rows.FirstOrDefault(row => ids.Contains(row.Id) || known.Contains(RowHashes.Of(row))) is { } both)
            throw new ConfigurationException($"{both.Location ?? both.Id}: the row '{both.Id}', or one with its prompt, is trained on too. A router is measured on rows it was not trained on.");
        if (train.Rows.Count < Folds.LeastTrainingRows)
            throw new ConfigurationException($"{train.Rows.Count} rows are too few to train on; it takes {Folds.LeastTrainingRows}.");
        var predictions = new TrainedPredictions(table.Rows.Count, models.Count);
        predictions.Fill([.. train.Rows], table.Rows, [.. Enumerable.Range(0, table.Rows.Count)], models, seed, cancellationToken);
        return predictions;
    }

    private void Fill(OutcomeRow[] train, IReadOnlyList<OutcomeRow> rows, int[] tested, IReadOnlyList<string> models, int seed, CancellationToken cancellationToken)
    {
        var predictor = SuccessPredictor.Train(new OutcomeTable(train), models, new SuccessPredictorOptions(), seed, cancellationToken);
        var scores = new GroupMeans(train, models, outcome => outcome.Score);
        var costs = new GroupMeans(train, models, outcome => outcome.Cost is { } cost ? (double)cost.ToUsd() : double.NaN);
        foreach (int row in tested)
        {
            OutcomeRow task = rows[row];
            predictor.PredictParts(task.Prompt, task.Group, task.Id, Regression[row], Trees[row]);
            predictor.Predict(task.Prompt, task.Group, task.Id, Boundary[row]);
            for (int model = 0; model < models.Count; model++)
            {
                GroupScores[row][model] = scores.In(task.Group)[model];
                GroupCosts[row][model] = costs.In(task.Group)[model];
            }
        }
    }

    private static double[][] Rows(int rows, int models)
    {
        var all = new double[rows][];
        for (int row = 0; row < rows; row++)
            all[row] = new double[models];
        return all;
    }
}
