using AgentRouter.Configuration;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation;

/// <summary>Divides a table for cross-validation: every row is predicted by what was trained without it.</summary>
internal static class Folds
{
    /// <summary>The fewest rows to train on.</summary>
    public const int LeastTrainingRows = 20;

    /// <summary>Gives each row its fold.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="folds">The number of folds, from 2.</param>
    /// <param name="unseenGroups">Whether groups stay whole, so that each is predicted by what never saw it; otherwise each fold has its share of each group.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ConfigurationException">There are too few rows or groups.</exception>
    public static int[] Of(IReadOnlyList<OutcomeRow> rows, int folds, bool unseenGroups, int seed)
    {
        if (folds < 2)
            throw new ConfigurationException($"Cross-validation needs 2 folds or more, not {folds}.");
        if (folds > rows.Count)
            throw new ConfigurationException($"{rows.Count} rows do not make {folds} folds. Use fewer.");
        if (rows.Count - rows.Count / folds < LeastTrainingRows)
            throw new ConfigurationException($"{rows.Count} rows are too few to train on: {folds} folds leave fewer than {LeastTrainingRows}. Add rows.");
        var random = new Random(seed);
        List<int>[] groups = [.. Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].Group).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToList())];
        return unseenGroups ? Whole(groups, rows.Count, folds, random) : Spread(groups, rows.Count, folds, random);
    }

    /// <summary>Gives each row its fold so that the steps of a task stay together; each fold has its share of each group.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="folds">The number of folds, from 2.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ConfigurationException">There are too few tasks.</exception>
    public static int[] OfTasks(IReadOnlyList<OutcomeRow> rows, int folds, int seed)
    {
        OutcomeRow[] tasks = [.. rows.DistinctBy(row => row.Task)];
        int[] fold = Of(tasks, folds, unseenGroups: false, seed);
        var byTask = tasks.Zip(fold).ToDictionary(pair => pair.First.Task, pair => pair.Second);
        return [.. rows.Select(row => byTask[row.Task])];
    }

    private static int[] Spread(List<int>[] groups, int rows, int folds, Random random)
    {
        int[] fold = new int[rows];
        int next = 0;
        foreach (List<int> group in groups)
        {
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group));
            // small groups begin where the last one ended, or the first fold would get all of their first rows
            foreach (int row in group)
                fold[row] = next++ % folds;
        }

        return fold;
    }

    private static int[] Whole(List<int>[] groups, int rows, int folds, Random random)
    {
        if (groups.Length < folds)
            throw new ConfigurationException($"The table has {groups.Length} group(s); groups that stay whole need at least one a fold, and there are {folds} folds.");
        random.Shuffle(groups);
        int[] fold = new int[rows], sizes = new int[folds];
        foreach (List<int> group in groups.OrderByDescending(group => group.Count))
        {
            int smallest = Array.IndexOf(sizes, sizes.Min());
            sizes[smallest] += group.Count;
            foreach (int row in group)
                fold[row] = smallest;
        }

        return fold;
    }
}
