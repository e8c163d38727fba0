namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Tasks in turn as training and as test tasks, so that nothing is measured on what it was trained on.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Test">The places of the tasks that are measured.</param>
internal sealed record CapFold(CapTable Train, IReadOnlyList<int> Test)
{
    /// <summary>Cuts a table into folds at random.</summary>
    /// <param name="table">The table.</param>
    /// <param name="folds">How many, from 2 to the number of tasks.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<CapFold> Of(CapTable table, int folds, int seed)
    {
        int[] order = [.. Enumerable.Range(0, table.Rows)];
        new Random(seed).Shuffle(order);
        return
        [
            .. Enumerable.Range(0, folds).Select(fold => new CapFold(
                table.Only(order.Where((_, i) => i % folds != fold).Order()),
                [.. order.Where((_, i) => i % folds == fold).Order()])),
        ];
    }
}
