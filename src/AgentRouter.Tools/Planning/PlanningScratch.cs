namespace AgentRouter.Tools.Planning;

/// <summary>One planning: what it works on, and the memory it works in, which the next one uses again.</summary>
/// <param name="graph">The graph.</param>
internal sealed class PlanningScratch(PlanningGraph graph)
{
    private readonly double[] _weights = new double[graph.ToolCount];
    private readonly int[] _goal = new int[graph.FactCount];
    private readonly FactSet _goalSet = new(graph.FactCount);
    private readonly Derivations _maxima = new();
    private readonly Derivations _sums = new();
    private readonly PlanDraft _draft = new();
    private readonly PlanDraft _second = new();
    private RelevantProblem? _problem;
    private CheapestPlanSearch? _search;
    private int _goalCount;

    private ReadOnlySpan<int> Goal => _goal.AsSpan(0, _goalCount);

    /// <summary>Plans; the arguments are those of <see cref="ToolPlanner.Plan(ReadOnlySpan{int}, ReadOnlySpan{double}, FactSet, ReadOnlySpan{int})"/>.</summary>
    public ToolPlan? Plan(ReadOnlySpan<int> tools, ReadOnlySpan<double> weights, FactSet satisfied, ReadOnlySpan<int> goal, ToolPlannerOptions options)
    {
        SetWeights(tools, weights);
        SetGoal(satisfied, goal);

        Begin(_sums, satisfied, adds: true);
        if (!_sums.Reach(Goal))
            return null;
        PlanDraft best = Make(_draft, _sums);
        Derivations lowest = _sums;
        if (!_sums.IsExact)
        {
            lowest = _maxima;
            Begin(_maxima, satisfied, adds: false);
            _maxima.Reach(Goal);
            if (Make(_second, _maxima).Cost < best.Cost)
                best = _second;
        }

        // what is dearest of a goal bounds the cost of any plan from below; a chain of tools that costs just that is the shortest path
        double lowerBound = 0;
        foreach (int fact in Goal)
            lowerBound = Math.Max(lowerBound, lowest.CostOf(fact));
        return lowerBound >= best.Cost * (1 - PlanningDefaults.Tolerance)
            ? Finish(best.Tools, lowerBound)
            : Improve(best, lowerBound, satisfied, options);
    }

    private PlanDraft Make(PlanDraft draft, Derivations derivations)
    {
        draft.Make(graph.Rows, _weights, derivations, Goal);
        return draft;
    }

    private void SetWeights(ReadOnlySpan<int> tools, ReadOnlySpan<double> weights)
    {
        Array.Fill(_weights, double.PositiveInfinity);
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = weights[i];
            if (!(weight is >= 0 and <= PlanningDefaults.MaxWeight || double.IsPositiveInfinity(weight)))
                throw new ArgumentException(
                    $"The weight of tool {tools[i]} is {weight}; it must be from 0 to {PlanningDefaults.MaxWeight}, or infinity for a tool that may not be used.", nameof(weights));
            _weights[tools[i]] = weight;
        }
    }

    private void SetGoal(FactSet satisfied, ReadOnlySpan<int> goal)
    {
        _goalCount = 0;
        foreach (int fact in goal)
        {
            if (!satisfied.Contains(fact) && _goalSet.Add(fact))
                _goal[_goalCount++] = fact;
        }

        foreach (int fact in Goal)
            _goalSet.Remove(fact);
    }

    private void Begin(Derivations derivations, FactSet satisfied, bool adds)
    {
        derivations.Begin(graph.Rows, _weights, adds);
        derivations.Give(satisfied, graph.WithoutNeeds);
    }

    private ToolPlan Improve(PlanDraft best, double lowerBound, FactSet satisfied, ToolPlannerOptions options)
    {
        double limit = best.Cost * (1 + PlanningDefaults.Tolerance);
        _problem ??= new RelevantProblem();
        if (!_problem.TrySet(graph.Rows, _weights, ReachMaxima(satisfied, limit), Goal, limit, options.MaxLooks))
            return Finish(best.Tools, lowerBound);
        _search ??= new CheapestPlanSearch(_problem);
        _search.Run(best.Cost, lowerBound, options.MaxLooks);
        return Finish(_search.Improved ? _search.Tools : best.Tools, _search.LowerBound);
    }

    private Derivations ReachMaxima(FactSet satisfied, double limit)
    {
        if (_sums.IsExact)
        {
            _sums.ReachAll(limit);
            if (_sums.IsExact)
                return _sums;
            Begin(_maxima, satisfied, adds: false);
        }

        _maxima.ReachAll(limit);
        return _maxima;
    }

    private ToolPlan Finish(ReadOnlySpan<int> tools, double lowerBound)
    {
        double cost = 0;
        foreach (int tool in tools)
            cost += _weights[tool];
        return new ToolPlan(tools.ToArray(), cost, Math.Min(cost, lowerBound));
    }
}
