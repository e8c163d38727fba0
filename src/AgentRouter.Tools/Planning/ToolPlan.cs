namespace AgentRouter.Tools.Planning;

/// <summary>Tools that together make a goal true, each run once.</summary>
/// <param name="Tools">The tools, in an order in which they can run. None can be left out.</param>
/// <param name="Cost">The sum of their weights.</param>
/// <param name="LowerBound">What every plan costs at least; at most <paramref name="Cost"/>.</param>
internal sealed record ToolPlan(IReadOnlyList<int> Tools, double Cost, double LowerBound)
{
    /// <summary>Gets whether it is proven that no plan is cheaper, to <see cref="PlanningDefaults.Tolerance"/> of the cost.</summary>
    public bool IsOptimal => LowerBound >= Cost * (1 - PlanningDefaults.Tolerance);

    /// <summary>Gets how many times the cost of the cheapest plan this one costs at most: 1 if it is optimal.</summary>
    public double Gap => IsOptimal ? 1 : Cost / LowerBound;
}
