using AgentRouter.Configuration;
using AgentRouter.Language.Ranking;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Rankers.Training;

/// <summary>Trains a ranker on tasks whose skills are known, and measures on tasks that it has not seen what it brings.</summary>
internal static class RankerTraining
{
    /// <summary>The fewest tasks that are worth it: less is chance.</summary>
    public const int FewestTasks = 30;

    // the recipe's own order stands for a weight of ten on its score: what is half as good as the best has one in 150 of its chance
    private const double WeightOfScore = 10;

    /// <summary>Trains.</summary>
    /// <param name="index">What is searched, under the recipe that is used.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="folds">How many parts the tasks are divided into to be measured.</param>
    /// <param name="seed">The seed of the folds and intervals.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ConfigurationException">There are too few tasks whose skills are in the pool.</exception>
    public static RankerTrained Train(SkillIndex index, IReadOnlyList<EvaluationTask> tasks, int folds, int seed, CancellationToken cancellationToken)
    {
        var known = index.Skills.Select(skill => skill.Id).ToHashSet();
        EvaluationTask[] used = [.. tasks.Select(task => task.In(known)).Where(task => task.Needed.Count > 0)];
        if (used.Length < Math.Max(FewestTasks, folds))
            throw new ConfigurationException($"A ranker is trained and measured on {Math.Max(FewestTasks, folds)} tasks or more that need a skill of the pool; there are {used.Length}{(used.Length < tasks.Count ? $" of {tasks.Count}" : "")}.");
        TaskList[] lists = [.. used.Select(task => Find(index, task, cancellationToken))];
        string[] names = [.. RankerFeatures.NamesOf(index)];
        RankingFigures[] recipe = [.. lists.Select(list => RankingFigures.Of(list.Ids, list.Task))], ranker = new RankingFigures[lists.Length];
        int[] fold = ListwiseTraining.Folds(lists.Length, folds, seed);
        for (int part = 0; part < folds; part++)
        {
            double[] weights = Fit(lists.Where((_, i) => fold[i] != part), names.Length, seed, cancellationToken).Weights;
            for (int i = 0; i < lists.Length; i++)
            {
                if (fold[i] == part)
                    ranker[i] = RankingFigures.Of([.. lists[i].Ordered(weights)], lists[i].Task);
            }
        }

        (double[] final, double pull) = Fit(lists, names.Length, seed, cancellationToken);
        return new RankerTrained(
            used.Length, tasks.Count - used.Length, names.Zip(final).ToDictionary(each => each.First, each => each.Second), Importance(names, final, lists), pull,
            MeanFigures.Of(recipe, seed)!, MeanFigures.Of(ranker, seed)!,
            Figure.OfGain(ranker, recipe, each => each.Hit1, seed), Figure.OfGain(ranker, recipe, each => each.Mrr10, seed), Figure.OfGain(ranker, recipe, each => each.Recall20, seed), Figure.OfGain(ranker, recipe, each => each.Coverage10, seed));
    }

    private static TaskList Find(SkillIndex index, EvaluationTask task, CancellationToken cancellationToken)
    {
        using var scores = QueryScores.Of(index, task.Query, ScannedNearness.Of(index.Space?.VectorOf(task.Query)), cancellationToken);
        int[] documents = [.. ListFiller.Fill(scores, task.Query, SkillRanker.Depth, ranker: null, cancellationToken).Select(skill => skill.Document)];
        return TaskList.Of(task, [.. documents.Select(document => scores.Documents.Skill(document).Id)], RankerFeatures.Of(scores, task.Query, documents, cancellationToken));
    }

    private static (double[] Weights, double Pull) Fit(IEnumerable<TaskList> lists, int features, int seed, CancellationToken cancellationToken)
    {
        double[] start = new double[features];
        start[0] = WeightOfScore;
        return ListwiseTraining.Fit([.. lists.Select(list => list.List)], start, seed, cancellationToken);
    }

    // what a weight moves: times the spread of its number
    private static Dictionary<string, double> Importance(string[] names, double[] weights, TaskList[] lists)
    {
        double[] spread = ListwiseTraining.Spread([.. lists.Select(list => list.List)], names.Length);
        return names.Select((name, i) => (name, Moves: weights[i] * spread[i])).ToDictionary(each => each.name, each => each.Moves);
    }
}

/// <summary>What came of training a ranker.</summary>
/// <param name="Tasks">How many tasks it was trained and measured on.</param>
/// <param name="LeftOut">How many need nothing that is in the pool.</param>
/// <param name="Weights">What each number counts, by its name.</param>
/// <param name="Importance">What each weight moves: times the spread of its number.</param>
/// <param name="Pull">How strongly the weights were held to the recipe.</param>
/// <param name="Recipe">The figures of the recipe.</param>
/// <param name="Ranker">The figures of rankers that were trained without the tasks they are measured on.</param>
/// <param name="Hit1Gain">What it brings at the first place, task by task.</param>
/// <param name="Mrr10Gain">Likewise of the mean reciprocal rank.</param>
/// <param name="Recall20Gain">Likewise among twenty.</param>
/// <param name="Coverage10Gain">Likewise of all that is needed among ten.</param>
internal sealed record RankerTrained(
    int Tasks, int LeftOut, IReadOnlyDictionary<string, double> Weights, IReadOnlyDictionary<string, double> Importance, double Pull,
    MeanFigures Recipe, MeanFigures Ranker, Figure Hit1Gain, Figure Mrr10Gain, Figure Recall20Gain, Figure Coverage10Gain)
{
    /// <summary>Gets a value indicating whether it is saved: what is needed stands higher, or more often all of it among ten, which is told apart from chance; and neither
    /// is told apart as worse, nor the first place.</summary>
    public bool IsBetter => (Mrr10Gain.Interval.Low > 0 || Coverage10Gain.Interval.Low > 0) && !IsWorse;

    /// <summary>Gets a value indicating whether one of them is told apart as worse.</summary>
    public bool IsWorse => Hit1Gain.Interval.High < 0 || Mrr10Gain.Interval.High < 0 || Coverage10Gain.Interval.High < 0;
}
