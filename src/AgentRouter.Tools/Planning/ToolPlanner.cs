namespace AgentRouter.Tools.Planning;

/// <summary>
/// Plans which tools to run so that a goal holds, at the least sum of their weights: each tool needs all of its facts, several may provide one
/// fact, and a tool that several others build on is paid once (planning without deletes, h+).
/// </summary>
/// <remarks>
/// <para>
/// Where a chain of tools with one need each leads to the goal, the plan is Dijkstra's and optimal. In general the problem is NP-hard. Then the
/// plan costs at most what the facts of the goal cost together if each is derived by itself as cheaply as possible
/// (<see cref="Derivations"/>, by sums); the tools that a cheaper plan could use are searched for it (<see cref="CheapestPlanSearch"/>) as far as
/// the options allow; and <see cref="ToolPlan.LowerBound"/> says what has been proven. Small problems come out optimal.
/// </para>
/// <para>
/// A plan exists whenever all tools of finite weight, run as often as they can, would make the goal true; then one is found.
/// Cycles and weights of 0 do no harm. The same inputs always give the same plan; of derivations at equal cost the one by the tool declared first
/// is kept. Safe for use by several threads at once, which share nothing but a pool of memory.
/// </para>
/// </remarks>
internal sealed class ToolPlanner
{
    private readonly ToolPlannerOptions _options;
    private readonly ScratchPool<PlanningScratch> _pool;

    /// <summary>Creates a planner.</summary>
    /// <param name="graph">The tools.</param>
    /// <param name="options">How far to go for a proof; not changed afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ToolPlannerOptions.MaxLooks"/> is negative.</exception>
    public ToolPlanner(PlanningGraph graph, ToolPlannerOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxLooks);
        Graph = graph;
        _options = options;
        _pool = new ScratchPool<PlanningScratch>(() => new PlanningScratch(graph));
    }

    /// <summary>Gets the tools.</summary>
    public PlanningGraph Graph { get; }

    /// <summary>Makes a plan.</summary>
    /// <param name="weights">The weight of each tool, from 0; infinity for a tool that may not be used.</param>
    /// <param name="satisfied">The facts that hold already.</param>
    /// <param name="goal">The facts to make true, in any order. Repeats, and facts that hold already, do no harm.</param>
    /// <returns>The plan, empty if nothing is left to do; null if there is none.</returns>
    /// <exception cref="ArgumentException">The weights are not one for each tool, or one is negative, not a number, or finite and above
    /// <see cref="PlanningDefaults.MaxWeight"/>; the facts are those of another graph; or the goal names a fact that is not there.</exception>
    public ToolPlan? Plan(ReadOnlySpan<double> weights, FactSet satisfied, ReadOnlySpan<int> goal) => Plan(Graph.AllTools, weights, satisfied, goal);

    /// <summary>Makes a plan of some of the tools.</summary>
    /// <param name="tools">The tools, each once.</param>
    /// <param name="weights">The weight of each of them, from 0; infinity for a tool that may not be used.</param>
    /// <param name="satisfied">The facts that hold already.</param>
    /// <param name="goal">The facts to make true, in any order. Repeats, and facts that hold already, do no harm.</param>
    /// <returns>The plan, empty if nothing is left to do; null if there is none.</returns>
    /// <exception cref="ArgumentException">The weights are not one for each tool, or one is negative, not a number, or finite and above
    /// <see cref="PlanningDefaults.MaxWeight"/>; the facts are those of another graph; or the goal names a fact that is not there.</exception>
    public ToolPlan? Plan(ReadOnlySpan<int> tools, ReadOnlySpan<double> weights, FactSet satisfied, ReadOnlySpan<int> goal)
    {
        ArgumentNullException.ThrowIfNull(satisfied);
        if (weights.Length != tools.Length)
            throw new ArgumentException($"There are {weights.Length} weights for {tools.Length} tools.", nameof(weights));
        if (satisfied.FactCount != Graph.FactCount)
            throw new ArgumentException($"The set is of {satisfied.FactCount} facts; the graph has {Graph.FactCount}.", nameof(satisfied));

        PlanningScratch scratch = _pool.Rent();
        ToolPlan? plan = scratch.Plan(tools, weights, satisfied, goal, _options);
        // after an exception the memory may be half set, so it is not kept
        _pool.Return(scratch);
        return plan;
    }
}
