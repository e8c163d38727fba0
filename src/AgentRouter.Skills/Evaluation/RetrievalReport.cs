using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Statistics;

namespace AgentRouter.Skills.Evaluation;

/// <summary>How well skills are found for tasks, step by step from a plain recipe to the one that is used.</summary>
/// <param name="Pool">How many skills there are to choose from.</param>
/// <param name="Tasks">How many tasks were measured.</param>
/// <param name="LeftOut">How many tasks need no skill of the pool.</param>
/// <param name="Partly">How many of those that were measured need something more that is not in the pool; it is not counted.</param>
/// <param name="Steps">The figures of each recipe.</param>
internal sealed record RetrievalReport(int Pool, int Tasks, int LeftOut, int Partly, IReadOnlyList<RecipeFigures> Steps)
{
    /// <summary>Measures.</summary>
    /// <param name="pool">What is searched.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="recipes">The recipes.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ConfigurationException">No task needs anything that is in the pool.</exception>
    public static RetrievalReport Of(EvaluationPool pool, IReadOnlyList<EvaluationTask> tasks, IReadOnlyList<RankingRecipe> recipes, int seed, CancellationToken cancellationToken) =>
        Of([pool], tasks, recipes, seed, cancellationToken);

    /// <summary>Measures several draws of a pool: of each task the mean over the draws counts.</summary>
    /// <param name="draws">What is searched; each has what the tasks need, or none of them has.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="recipes">The recipes.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <param name="model">The pool with the vectors of a model, or <see langword="null"/>.</param>
    /// <param name="modelRecipes">The recipes that are measured with them, after the others.</param>
    /// <param name="ranker">A trained ranker, which is measured on the last of the recipes; or <see langword="null"/>.</param>
    /// <param name="reranked">What was found with a reranker after the last of the recipes, and after the ranker where there is one; or <see langword="null"/>.</param>
    /// <exception cref="ConfigurationException">No task needs anything that is in the pool.</exception>
    public static RetrievalReport Of(
        IReadOnlyList<EvaluationPool> draws, IReadOnlyList<EvaluationTask> tasks, IReadOnlyList<RankingRecipe> recipes, int seed, CancellationToken cancellationToken,
        EmbeddedPool? model = null, IReadOnlyList<RankingRecipe>? modelRecipes = null, SkillRanker? ranker = null, RerankedPool? reranked = null)
    {
        var known = new HashSet<string>(draws[0].Index.Skills.Select(skill => skill.Id));
        EvaluationTask[] measured = [.. tasks.Select(task => task.In(known)).Where(task => task.Needed.Count > 0)];
        if (measured.Length == 0)
        {
            string asked = tasks.SelectMany(task => task.Needed).FirstOrDefault("nothing"), has = known.FirstOrDefault("nothing");
            throw new ConfigurationException($"No task needs a skill that is in the pool: the tasks name ids such as '{asked}', the pool has such as '{has}'. The ids of a folder of skills are their names.");
        }

        return new RetrievalReport(draws[0].Index.Count, measured.Length, tasks.Count - measured.Length, Partly: tasks.Count(task => task.Needed.Any(known.Contains) && !task.Needed.All(known.Contains)),
            Measure(
                [
                    .. recipes.Select(recipe => new Row(recipe)),
                    .. ranker is null ? (Row[])[] : [new Row(recipes[^1] with { Name = "+ ranker" }) { Ranker = ranker }],
                    .. reranked is null ? (Row[])[] : [new Row(recipes[^1] with { Name = $"+ {reranked.Name}" }) { Reranked = reranked }],
                    .. (modelRecipes ?? []).Select(recipe => new Row(recipe) { Model = model }),
                ],
                draws, measured, seed, cancellationToken));
    }

    private static List<RecipeFigures> Measure(IReadOnlyList<Row> rows, IReadOnlyList<EvaluationPool> draws, EvaluationTask[] tasks, int seed, CancellationToken cancellationToken)
    {
        bool[] isSingle = [.. tasks.Select(task => task.Needed.Count == 1)];
        var steps = new List<RecipeFigures>();
        RankingFigures[]? before = null, last = null;
        foreach (Row row in rows)
        {
            RankingFigures[][] lists = [.. draws.Select((draw, place) => Measure(row, draw, place, tasks, cancellationToken))];
            RankingFigures[] figures = [.. tasks.Select((_, i) => RankingFigures.Mean([.. lists.Select(each => each[i])]))];
            RankingFigures[]? against = row.ComesAfterTheLast ? last : before;
            steps.Add(new RecipeFigures(row.Recipe.Name, MeanFigures.Of(figures, seed)!,
                MeanFigures.Of([.. figures.Where((_, i) => isSingle[i])], seed), MeanFigures.Of([.. figures.Where((_, i) => !isSingle[i])], seed),
                Gain(figures, against, each => each.Hit1, seed), Gain(figures, against, each => each.Recall20, seed)));
            last = figures;
            if (row.Recipe.Dense is null && !row.ComesAfterTheLast)
                before = figures;
        }

        return steps;
    }

    private static Figure? Gain(RankingFigures[] figures, RankingFigures[]? before, Func<RankingFigures, double> figure, int seed) =>
        before is null ? null : Figure.OfGain(figures, before, figure, seed);

    private static RankingFigures[] Measure(Row row, EvaluationPool draw, int place, EvaluationTask[] tasks, CancellationToken cancellationToken)
    {
        if (row.Reranked is { } reranked)
            return [.. tasks.Select(task => RankingFigures.Of([.. reranked.Found[place][task.Query]], task))];
        SkillIndex index = row.Model?.In(draw).WithRecipe(row.Recipe) ?? draw.For(row.Recipe);
        var options = new SkillSearchOptions { Limit = RankingFigures.Places };
        var figures = new RankingFigures[tasks.Length];
        for (int i = 0; i < tasks.Length; i++)
        {
            Int8Rows? vector = row.Model is null ? index.Space?.VectorOf(tasks[i].Query) : row.Model.Tasks[tasks[i].Query];
            figures[i] = RankingFigures.Of([.. SkillRetriever.Find(index, tasks[i].Query, vector, row.Ranker, options, cancellationToken).Select(match => match.Skill.Id)], tasks[i]);
        }

        return figures;
    }

    private sealed record Row(RankingRecipe Recipe)
    {
        public EmbeddedPool? Model { get; init; }

        public SkillRanker? Ranker { get; init; }

        public RerankedPool? Reranked { get; init; }

        // what it adds is told against the row before, not against the last recipe without vectors
        public bool ComesAfterTheLast => Ranker is not null || Reranked is not null;
    }
}

/// <summary>The figures of a recipe.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="All">Over all tasks.</param>
/// <param name="Single">Over the tasks that need one skill; <see langword="null"/> where there is none.</param>
/// <param name="Several">Over the tasks that need several.</param>
/// <param name="Hit1Gain">How much better the first places are, task by task, than under the recipe before, or with vectors under the last one
/// without, or with a ranker or reranker than without it; <see langword="null"/> for the first.</param>
/// <param name="Recall20Gain">How much more of what is needed is among twenty, likewise.</param>
internal sealed record RecipeFigures(string Recipe, MeanFigures All, MeanFigures? Single, MeanFigures? Several, Figure? Hit1Gain, Figure? Recall20Gain);

/// <summary>The means over tasks, with 95 % bootstrap intervals.</summary>
internal sealed record MeanFigures(int Tasks, Figure Hit1, Figure Mrr10, Figure Recall10, Figure Recall20, Figure Coverage10, Figure Ndcg10)
{
    /// <summary>Computes the means; <see langword="null"/> of none.</summary>
    public static MeanFigures? Of(IReadOnlyList<RankingFigures> figures, int seed)
    {
        return figures.Count == 0 ? null : new MeanFigures(figures.Count,
            Mean(each => each.Hit1), Mean(each => each.Mrr10), Mean(each => each.Recall10), Mean(each => each.Recall20), Mean(each => each.Coverage10), Mean(each => each.Ndcg10));

        Figure Mean(Func<RankingFigures, double> figure) => Figure.Of([.. figures.Select(figure)], seed);
    }
}

/// <summary>A mean and its interval.</summary>
internal readonly record struct Figure(double Mean, Interval Interval)
{
    /// <summary>Computes the mean of values.</summary>
    public static Figure Of(double[] values, int seed) => new(values.Average(), Bootstrap.OfMean(values, seed));

    /// <summary>Computes the mean of what is gained, task by task.</summary>
    public static Figure OfGain(IReadOnlyList<RankingFigures> now, IReadOnlyList<RankingFigures> then, Func<RankingFigures, double> figure, int seed) =>
        Of([.. now.Zip(then, (after, before) => figure(after) - figure(before))], seed);
}
