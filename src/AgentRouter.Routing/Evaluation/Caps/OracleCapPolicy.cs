namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Knows the outcomes: runs the cheapest model that solves the task, and the cheapest of all where none does.</summary>
/// <param name="models">The models it chooses from.</param>
internal sealed class OracleCapPolicy(IReadOnlyList<int> models) : ICapPolicy
{
    /// <inheritdoc/>
    public CapPlan Begin(CapTable table, int row)
    {
        int best = models.OrderByDescending(model => table.Solved(row, model)).ThenBy(model => table.Cost(row, model)).First();
        return new LadderCapPolicy([best]).Begin(table, row);
    }
}
