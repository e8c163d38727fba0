using AgentRouter.Tools.Planning;
using CsCheck;

namespace AgentRouter.Tools.Tests.Planning;

/// <summary>A small planning problem, and the slow answers that need no cleverness.</summary>
internal sealed record PlanningProblem(int Facts, PlanningTool[] Tools, double[] Weights, int[] Satisfied, int[] Goal)
{
    private static readonly Gen<double> Weight =
        Gen.Frequency((1, Gen.Const(0.0)), (1, Gen.Const(double.PositiveInfinity)), (12, Gen.Int[1, 8].Select(w => w / 4.0)));

    /// <summary>Problems with shared needs, several providers, cycles, weights of 0, tools that may not be used and goals out of reach.</summary>
    public static Gen<PlanningProblem> Any { get; } = Gen.OneOf(Tangled, Towards);

    // anything may need and provide anything
    private static Gen<PlanningProblem> Tangled =>
        from facts in Gen.Int[1, 10]
        from tools in Gen.Select(Gen.Int[0, facts - 1].Array[0, 3], Gen.Int[0, facts - 1].Array[0, 3]).Array[0, 24]
        from weights in Weight.Array[tools.Length]
        from satisfied in Gen.Int[0, facts - 1].Array[0, 2]
        from goal in Gen.Int[0, facts - 1].Array[0, 3]
        select new PlanningProblem(facts, [.. tools.Select(tool => new PlanningTool(tool.Item1, tool.Item2))], weights, satisfied, goal);

    // tools provide mostly what is higher than what they need, and the goal is high: most have plans of several tools that share work
    private static Gen<PlanningProblem> Towards =>
        from tools in Tool.Array[8, 24]
        from weights in Weight.Array[tools.Length]
        from goal in Gen.Int[5, 9].Array[1, 3]
        select new PlanningProblem(10, tools, weights, [0, 1], goal);

    private static Gen<PlanningTool> Tool =>
        from middle in Gen.Int[1, 8]
        from needs in Gen.Int[Math.Max(0, middle - 4), middle].Array[0, 2]
        from provides in Gen.Int[middle + 1, Math.Min(9, middle + 4)].Array[1, 3]
        select new PlanningTool(needs, provides);

    public PlanningGraph Graph => new(Facts, Tools);

    public FactSet SatisfiedSet
    {
        get
        {
            var set = new FactSet(Facts);
            foreach (int fact in Satisfied)
                set.Add(fact);
            return set;
        }
    }

    public ToolPlan? Plan(ToolPlannerOptions? options = null) => new ToolPlanner(Graph, options ?? new()).Plan(Weights, SatisfiedSet, Goal);

    /// <summary>Runs tools in the order given.</summary>
    /// <returns>Whether each could run and the goal holds at the end.</returns>
    public bool Runs(IEnumerable<int> tools)
    {
        var facts = new HashSet<int>(Satisfied);
        foreach (int tool in tools)
        {
            if (double.IsPositiveInfinity(Weights[tool]) || !Tools[tool].Needs.All(facts.Contains))
                return false;
            facts.UnionWith(Tools[tool].Provides);
        }

        return Goal.All(facts.Contains);
    }

    /// <summary>Runs tools in whatever order is possible.</summary>
    /// <returns>Whether the goal holds at the end.</returns>
    public bool Reaches(IReadOnlyCollection<int> tools)
    {
        var facts = new HashSet<int>(Satisfied);
        for (int before = -1; before < facts.Count;)
        {
            before = facts.Count;
            foreach (int tool in tools.Where(tool => double.IsFinite(Weights[tool]) && Tools[tool].Needs.All(facts.Contains)))
                facts.UnionWith(Tools[tool].Provides);
        }

        return Goal.All(facts.Contains);
    }

    /// <summary>Tries all ways: what holds only grows, so the costs of all sets of facts follow from smaller sets.</summary>
    /// <returns>The least cost; null if there is no way.</returns>
    public double? LeastCost()
    {
        int start = Mask(Satisfied), goal = Mask(Goal);
        var costs = new double[1 << Facts];
        Array.Fill(costs, double.PositiveInfinity);
        costs[start] = 0;
        double least = double.PositiveInfinity;
        (int Needs, int Provides, double Weight)[] tools = [.. Tools.Zip(Weights, (tool, weight) => (Mask(tool.Needs), Mask(tool.Provides), weight))];
        for (int facts = start; facts < costs.Length; facts++)
        {
            if (double.IsPositiveInfinity(costs[facts]))
                continue;
            if ((goal & ~facts) == 0)
                least = Math.Min(least, costs[facts]);
            foreach ((int needs, int provides, double weight) in tools)
            {
                if ((needs & ~facts) == 0)
                    costs[facts | provides] = Math.Min(costs[facts | provides], costs[facts] + weight);
            }
        }

        return double.IsFinite(least) ? least : null;
    }

    private static int Mask(IEnumerable<int> facts) => facts.Aggregate(0, (mask, fact) => mask | 1 << fact);
}
