using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Tasks in turn as training and as test tasks, so that nothing is measured on what it was trained on.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Test">The places of the tasks that are measured.</param>
internal sealed record CapFold(CapTable Train, IReadOnlyList<int> Test)
{
    /// <summary>Divides a table for cross-validation.</summary>
    /// <param name="table">The tasks.</param>
    /// <param name="rows">The rows they were read from, in the same order.</param>
    /// <param name="folds">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="Configuration.ConfigurationException">There are too few tasks.</exception>
    public static IReadOnlyList<CapFold> Of(CapTable table, IReadOnlyList<OutcomeRow> rows, int folds, int seed)
    {
        int[] fold = Folds.Of(rows, folds, unseenGroups: false, seed);
        int[] places = [.. Enumerable.Range(0, table.Rows)];
        return [.. Enumerable.Range(0, folds).Select(test => new CapFold(table.Only(places.Where(row => fold[row] != test)), [.. places.Where(row => fold[row] == test)]))];
    }
}
