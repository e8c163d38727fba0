using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Health;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Planning;

namespace AgentRouter.Tools.Healing.Goals;

/// <summary>How the tools of a graph stand for one goal: who may be called, at what weight, and which effects are there already.</summary>
internal sealed class GoalTools
{
    private const int MostConflicts = 8;

    private readonly ToolHealthRegistry _registry;
    private readonly IToolCaller _caller;
    private readonly Dictionary<string, int> _effects = new(StringComparer.Ordinal);
    // of the tools that were called or may not be; all others are as at the start
    private readonly Dictionary<int, State> _states = [];
    private ToolHealth[] _health;
    private int[] _relevant;

    /// <param name="graph">The graph.</param>
    /// <param name="health">The health of its tools, in their order.</param>
    /// <param name="relevant">The tools that can be on a path to the goal or help on one, in their order; no others are looked at.</param>
    /// <param name="registry">The health of all tools.</param>
    /// <param name="caller">Calls tools.</param>
    public GoalTools(CapabilityGraph graph, ToolHealth[] health, int[] relevant, ToolHealthRegistry registry, IToolCaller caller)
    {
        (Graph, _health, _relevant, _registry, _caller) = (graph, health, relevant, registry, caller);
        BlockAbsent();
    }

    public CapabilityGraph Graph { get; private set; }

    /// <summary>Gets the tools that can be on a path to the goal, or help on one.</summary>
    public IReadOnlyList<int> Relevant => _relevant;

    public CapabilityTool this[int tool] => Graph.Tools[tool];

    /// <summary>Adds a tool for this goal alone.</summary>
    /// <exception cref="ArgumentException">It does not fit the graph.</exception>
    public int Add(CapabilityTool tool)
    {
        Graph = new CapabilityGraph([.. Graph.Tools, tool], Graph.Facts, Graph.Goals) { Descriptions = Graph.Descriptions };
        int added = Graph.Tools.Count - 1;
        (_health, _relevant) = ([.. _health, _registry.Of(tool)], [.. _relevant, added]);
        BlockAbsent(added);
        return added;
    }

    public int Failures(int tool) => StateOf(tool).Failures;

    /// <summary>Counts a call.</summary>
    /// <returns>Its number, from 1.</returns>
    public int CountCall(int tool) => ++StateOf(tool).Calls;

    public int Calls(int tool) => StateOf(tool).Calls;

    /// <summary>Remembers the weight of a tool as it is before a call.</summary>
    public void Weigh(int tool) => StateOf(tool).WeightBefore = Weight(tool);

    public double WeightBefore(int tool) => StateOf(tool).WeightBefore;

    public ToolHealth HealthOf(int tool) => _health[tool];

    /// <summary>Gets the weight of a tool; infinite when it may not be called.</summary>
    public double Weight(int tool) => Weight(tool, _states.GetValueOrDefault(tool), _registry.Now);

    /// <summary>Counts a failure, and makes the tool dearer.</summary>
    /// <returns>How often it has failed.</returns>
    public int Fail(int tool)
    {
        State state = StateOf(tool);
        state.Multiplier *= HealingDefaults.FailedFactor;
        return ++state.Failures;
    }

    /// <summary>Lets no path lead over a tool that failed, until what failed is tried once more.</summary>
    public void Block(int tool) => StateOf(tool).IsBlocked = true;

    /// <summary>Lets no path lead over a tool for this goal, whatever is decided: it is in doubt, or was refused.</summary>
    public void Bar(int tool) => StateOf(tool).IsBarred = true;

    public bool IsBlocked(int tool) => _states.TryGetValue(tool, out State? state) && state.IsOut;

    /// <summary>Counts that the effect of a tool was taken back: a service must not take its next call for the one before.</summary>
    public void CountUndo(int tool) => StateOf(tool).Undone++;

    public int Undone(int tool) => StateOf(tool).Undone;

    /// <summary>Lets paths lead over all tools again that failed.</summary>
    public void UnblockAll()
    {
        foreach (State state in _states.Values)
            (state.IsBlocked, state.Multiplier, state.Failures) = (false, 1, 0);
        BlockAbsent();
    }

    /// <summary>Notes that the effect of a tool is there, or may be: no other tool with an effect of the same capability is called.</summary>
    public void Effect(int tool)
    {
        if (this[tool].Effect == ToolEffect.None)
            return;
        foreach (string capability in this[tool].Provides)
            _effects[capability] = tool;
    }

    /// <summary>Notes that the effect of a tool is not there, or not any more.</summary>
    public void NoEffect(int tool)
    {
        foreach (string capability in this[tool].Provides)
        {
            if (_effects.GetValueOrDefault(capability, -1) == tool)
                _effects.Remove(capability);
        }
    }

    /// <summary>Finds the cheapest path over what is still needed.</summary>
    /// <param name="needs">The capabilities.</param>
    /// <param name="have">The facts that are there, or on their way.</param>
    /// <returns>The path; <see langword="null"/> when there is none.</returns>
    public GoalPath? Plan(IReadOnlyList<string> needs, IEnumerable<string> have)
    {
        var satisfied = new FactSet(Graph.Planning.FactCount);
        foreach (string fact in have)
        {
            if (Graph.Knows(fact))
                satisfied.Add(Graph.IdOf(fact));
        }

        int[] goal = new int[needs.Count];
        for (int i = 0; i < goal.Length; i++)
            goal[i] = Graph.IdOf(needs[i]);
        int left = MostConflicts;
        return Plan(Weights(), satisfied, goal, ref left);
    }

    // Two tools of one path whose effects would be the same one twice: a path without the one or without the other.
    private GoalPath? Plan(double[] weights, FactSet satisfied, int[] goal, ref int left)
    {
        if (Graph.Planner.Plan(_relevant, weights, satisfied, goal) is not { } plan)
            return null;
        if (Conflict(plan.Tools) is not var (first, second))
            return new GoalPath(plan.Tools, plan.Cost, plan.LowerBound);
        if (left-- <= 0)
            return null;
        GoalPath? withoutFirst = Without(first, weights, satisfied, goal, ref left);
        GoalPath? withoutSecond = Without(second, weights, satisfied, goal, ref left);
        GoalPath? best = withoutFirst is null || withoutSecond?.Cost < withoutFirst.Cost ? withoutSecond : withoutFirst;
        return best is null ? null : best with { LowerBound = Math.Max(plan.LowerBound, Math.Min(withoutFirst?.LowerBound ?? double.PositiveInfinity, withoutSecond?.LowerBound ?? double.PositiveInfinity)) };
    }

    private GoalPath? Without(int tool, double[] weights, FactSet satisfied, int[] goal, ref int left)
    {
        int at = Array.BinarySearch(_relevant, tool);
        double weight = weights[at];
        weights[at] = double.PositiveInfinity;
        GoalPath? path = Plan(weights, satisfied, goal, ref left);
        weights[at] = weight;
        return path;
    }

    private (int First, int Second)? Conflict(IReadOnlyList<int> path)
    {
        Dictionary<string, int>? providers = null;
        foreach (int tool in path)
        {
            if (this[tool].Effect == ToolEffect.None)
                continue;
            providers ??= new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (string capability in this[tool].Provides)
            {
                if (!providers.TryAdd(capability, tool))
                    return (providers[capability], tool);
            }
        }

        return null;
    }

    private bool IsDoneByOther(int tool)
    {
        if (_effects.Count == 0 || this[tool].Effect == ToolEffect.None)
            return false;
        foreach (string capability in this[tool].Provides)
        {
            if (_effects.TryGetValue(capability, out int by) && by != tool)
                return true;
        }

        return false;
    }

    // those of the relevant tools, in their order
    private double[] Weights()
    {
        long now = _registry.Now;
        double[] weights = new double[_relevant.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Weight(_relevant[i], null, now);
        // few tools of many have a state, so it is not asked for at each
        foreach ((int tool, State state) in _states)
        {
            if (Array.BinarySearch(_relevant, tool) is >= 0 and int at)
                weights[at] = Weight(tool, state, now);
        }

        return weights;
    }

    private double Weight(int tool, State? state, long now)
    {
        if (state?.IsOut == true || IsDoneByOther(tool))
            return double.PositiveInfinity;
        double factor = _health[tool].Factor(now);
        // nothing times infinity is no number
        return double.IsInfinity(factor) ? factor : Graph.Tools[tool].Cost * factor * (state?.Multiplier ?? 1);
    }

    private void BlockAbsent()
    {
        foreach (int tool in _relevant)
            BlockAbsent(tool);
    }

    private void BlockAbsent(int tool)
    {
        if (_caller.Find(Graph.Tools[tool]) is null)
            Block(tool);
    }

    private State StateOf(int tool)
    {
        if (!_states.TryGetValue(tool, out State? state))
            _states[tool] = state = new State();
        return state;
    }

    private sealed class State
    {
        public bool IsOut => IsBlocked || IsBarred;

        public bool IsBlocked { get; set; }

        public double Multiplier { get; set; } = 1;

        public int Failures { get; set; }

        public int Calls { get; set; }

        public double WeightBefore { get; set; }

        public bool IsBarred { get; set; }

        public int Undone { get; set; }
    }
}
