using System.Collections.Frozen;
using AgentRouter.Tools.Planning;

namespace AgentRouter.Tools.Capabilities;

/// <summary>Tools, what they provide and what they need: the graph in which paths to goals are found. Immutable and thread-safe.</summary>
/// <remarks>A tool needs all of its facts and several tools may provide one, so this is a directed hypergraph (an AND/OR graph); where no tool
/// needs more than one fact it is a plain graph, and the cheapest path is Dijkstra's.</remarks>
public sealed class CapabilityGraph
{
    private readonly FrozenDictionary<string, int> _tools;
    private readonly FrozenDictionary<string, int> _facts;
    private readonly FrozenDictionary<string, int[]> _providers;
    private readonly string[] _factNames;

    /// <summary>Makes a graph.</summary>
    /// <param name="tools">The tools; the order decides between paths that cost the same.</param>
    /// <param name="facts">What whoever calls may give.</param>
    /// <param name="goals">The goals that have names. Each capability is a goal by itself beside them.</param>
    /// <exception cref="ArgumentException">The graph has mistakes; the message lists all of them. <see cref="CapabilityGraphChecks.Find"/> gives them one by one.</exception>
    public CapabilityGraph(
        IReadOnlyList<CapabilityTool> tools, IReadOnlyList<CapabilityFact>? facts = null, IReadOnlyList<CapabilityGoal>? goals = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        Tools = [.. tools];
        Facts = [.. facts ?? []];
        Goals = [.. goals ?? []];
        Problems = CapabilityGraphChecks.Find(Tools, Facts, Goals);
        if (Problems.Any(problem => !problem.IsWarning))
            throw new ArgumentException("The capability graph cannot be used:" + string.Concat(Problems.Where(problem => !problem.IsWarning).Select(problem => Environment.NewLine + "- " + problem.Message)), nameof(tools));
        _tools = Tools.Select((tool, at) => (tool.Name, at)).ToFrozenDictionary(tool => tool.Name, tool => tool.at, StringComparer.Ordinal);
        _factNames = [.. Facts.Select(fact => fact.Name).Concat(Tools.SelectMany(tool => tool.Needs.Concat(tool.Provides))).Distinct(StringComparer.Ordinal)];
        _facts = _factNames.Select((name, at) => (name, at)).ToFrozenDictionary(fact => fact.name, fact => fact.at, StringComparer.Ordinal);
        _providers = Tools.SelectMany((tool, at) => tool.Provides.Select(capability => (capability, at)))
            .GroupBy(each => each.capability, each => each.at, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);
        Capabilities = [.. Tools.SelectMany(tool => tool.Provides).Distinct(StringComparer.Ordinal)];
        Planning = new PlanningGraph(_factNames.Length, [.. Tools.Select(tool => new PlanningTool([.. tool.Needs.Select(IdOf)], [.. tool.Provides.Select(IdOf)]))]);
        Planner = new ToolPlanner(Planning, new ToolPlannerOptions());
    }

    /// <summary>Gets the tools.</summary>
    public IReadOnlyList<CapabilityTool> Tools { get; }

    /// <summary>Gets what whoever calls may give.</summary>
    public IReadOnlyList<CapabilityFact> Facts { get; }

    /// <summary>Gets the goals that have names.</summary>
    public IReadOnlyList<CapabilityGoal> Goals { get; }

    /// <summary>Gets what tools provide, in the order in which it is first provided.</summary>
    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>Gets what capabilities and goals are, in a sentence each, for models and people.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets what is odd about the graph and does not keep it from being used.</summary>
    public IReadOnlyList<GraphProblem> Problems { get; }

    internal PlanningGraph Planning { get; }

    internal ToolPlanner Planner { get; }

    /// <summary>Finds a tool by its name in the graph.</summary>
    /// <param name="name">The name.</param>
    public CapabilityTool? FindTool(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _tools.TryGetValue(name, out int at) ? Tools[at] : null;
    }

    /// <summary>Finds a goal: one that has this name, or the capability of this name.</summary>
    /// <param name="name">The name.</param>
    public CapabilityGoal? FindGoal(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Goals.FirstOrDefault(goal => goal.Name == name) ?? (Capabilities.Contains(name) ? new CapabilityGoal(name, [name]) : null);
    }

    /// <summary>Gets the facts that tools on some way to a goal need and whoever calls may give, in their order; what the goal is made of is not among them.</summary>
    /// <param name="goal">The goal.</param>
    public IReadOnlyList<CapabilityFact> FactsFor(CapabilityGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        HashSet<string> wanted = [.. ToolsFor(goal.Needs).SelectMany(tool => Tools[tool].Needs)];
        wanted.ExceptWith(goal.Needs);
        return [.. Facts.Where(fact => wanted.Contains(fact.Name))];
    }

    /// <summary>Gets the facts that no way to a goal does without.</summary>
    /// <param name="goal">The goal.</param>
    public IReadOnlyList<CapabilityFact> RequiredFactsFor(CapabilityGoal goal)
    {
        IReadOnlyList<CapabilityFact> facts = FactsFor(goal);
        double[] weights = new double[Tools.Count];
        int[] needs = [.. goal.Needs.Select(IdOf)];
        return [.. facts.Where(fact =>
        {
            var given = new FactSet(Planning.FactCount);
            foreach (CapabilityFact other in facts.Where(other => other != fact))
                given.Add(IdOf(other.Name));
            return Planner.Plan(weights, given, needs) is null;
        })];
    }

    /// <summary>Gets what a goal is, in a sentence.</summary>
    /// <param name="goal">The goal.</param>
    public string DescriptionOf(CapabilityGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        if (Descriptions.TryGetValue(goal.Name, out string? description))
            return description;
        IEnumerable<string> parts = goal.Needs.Select(need => Descriptions.GetValueOrDefault(need, need));
        return $"Provides {string.Join(" and ", parts)}.";
    }

    /// <summary>Gets the goals that others may ask for: those that have names, or each capability where none has.</summary>
    internal IEnumerable<CapabilityGoal> PublicGoals() => Goals.Count > 0 ? Goals : Capabilities.Select(capability => new CapabilityGoal(capability, [capability]));

    /// <summary>Gets a graph in which another one's tools, facts and goals stand beside these. What both have must be the same.</summary>
    /// <param name="other">The other graph.</param>
    /// <exception cref="ArgumentException">Two tools, facts or goals have one name.</exception>
    public CapabilityGraph With(CapabilityGraph other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new CapabilityGraph([.. Tools, .. other.Tools], [.. Facts, .. other.Facts.Where(fact => !Facts.Contains(fact))], [.. Goals, .. other.Goals])
        {
            Descriptions = other.Descriptions.Concat(Descriptions).DistinctBy(description => description.Key).ToDictionary(),
        };
    }

    internal bool Provides(string capability) => _providers.ContainsKey(capability);

    /// <summary>Gets the tools that can be on a path to capabilities, and those that check or undo them, in their order.</summary>
    internal int[] ToolsFor(IEnumerable<string> capabilities)
    {
        var found = new SortedSet<int>();
        HashSet<string> seen = [.. capabilities];
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out string? fact))
        {
            foreach (int tool in _providers.GetValueOrDefault(fact, []))
                Add(tool);
        }

        return [.. found];

        void Add(int tool)
        {
            if (!found.Add(tool))
                return;
            foreach (string need in Tools[tool].Needs)
            {
                if (seen.Add(need))
                    open.Enqueue(need);
            }

            if (Tools[tool].Check is { } check)
                Add(_tools[check]);
            if (Tools[tool].Undo is { } undo)
                Add(_tools[undo]);
        }
    }

    internal int IndexOf(string tool) => _tools[tool];

    internal int IdOf(string fact) => _facts[fact];

    internal bool Knows(string fact) => _facts.ContainsKey(fact);

    // facts come first among the names
    internal CapabilityFact? FindFact(string name) => _facts.TryGetValue(name, out int id) && id < Facts.Count ? Facts[id] : null;

    internal string FactName(int id) => _factNames[id];
}
