using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Goals;
using AgentRouter.Tools.Health;
using AgentRouter.Tools.Planning;

namespace AgentRouter.Tools.Healing;

/// <summary>The way on which a goal would be reached as things stand, found without calling anything: what people look at before a run.</summary>
public sealed record GoalPreview
{
    private GoalPreview()
    {
    }

    /// <summary>Gets the goal.</summary>
    public required CapabilityGoal Goal { get; init; }

    /// <summary>Gets a value indicating whether the whole goal can be reached.</summary>
    public required bool IsReached { get; init; }

    /// <summary>Gets the lesser goal that would be reached instead, or <see langword="null"/>.</summary>
    public LesserGoal? Lesser { get; init; }

    /// <summary>Gets the tools on the way in an order in which they can run; those of <see cref="Lesser"/> where the goal cannot be reached, and none where that
    /// cannot be either.</summary>
    public required IReadOnlyList<CapabilityTool> Tools { get; init; }

    /// <summary>Gets the sum of the tools' weights: their costs times what their health makes of them.</summary>
    public double Cost { get; init; }

    /// <summary>Gets what no other way costs less than.</summary>
    public double LowerBound { get; init; }

    /// <summary>Gets a value indicating whether it is proven that no other way is cheaper.</summary>
    public bool IsCheapest => LowerBound >= Cost * (1 - PlanningDefaults.Tolerance);

    /// <summary>Gets the capabilities of the goal that no tool can provide as things stand.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Looks for the way to a goal.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="down">The names in the graph of tools that cannot be called, or <see langword="null"/> for none.</param>
    /// <param name="health">How the tools are, or <see langword="null"/> for all well.</param>
    /// <param name="given">The facts that whoever asks would give. By default those that no tool provides; where there is no way with them, all that the goal is not
    /// made of.</param>
    /// <exception cref="ArgumentException">The goal needs what no tool of the graph provides.</exception>
    public static GoalPreview Of(
        CapabilityGraph graph, CapabilityGoal goal, IReadOnlyCollection<string>? down = null, ToolHealthRegistry? health = null, IReadOnlyCollection<string>? given = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(goal);
        string[] needs = [.. goal.Needs.Concat(goal.Lesser.SelectMany(lesser => lesser.Needs)).Distinct()];
        if (Array.Find(needs, need => !graph.Provides(need)) is { } unknown)
            throw new ArgumentException($"The goal '{goal.Name}' needs '{unknown}', which no tool of the graph provides.", nameof(goal));
        ToolHealthRegistry registry = health ?? new ToolHealthRegistry();
        var tools = new GoalTools(graph, [.. graph.Tools.Select(registry.Of)], graph.ToolsFor(needs), registry, new Standing(down ?? []));
        string[] facts = [.. graph.Facts.Select(fact => fact.Name).Except(needs)];
        IReadOnlyCollection<string> have = given ?? Array.FindAll(facts, fact => !graph.Provides(fact));
        GoalPath? path = tools.Plan(goal.Needs, have);
        if (path is null && given is null)
        {
            have = facts;
            path = tools.Plan(goal.Needs, have);
        }

        if (path is not null)
            return Made(null, path, isReached: true);
        foreach (LesserGoal lesser in goal.Lesser)
        {
            if (tools.Plan(lesser.Needs, have) is { } less)
                return Made(lesser, less, isReached: false);
        }

        return Made(null, new GoalPath([], 0, 0), isReached: false);

        GoalPreview Made(LesserGoal? lesser, GoalPath path, bool isReached) => new()
        {
            Goal = goal,
            IsReached = isReached,
            Lesser = lesser,
            Tools = [.. path.Tools.Select(tool => graph.Tools[tool])],
            Cost = path.Cost,
            LowerBound = path.LowerBound,
            Missing = isReached ? [] : [.. goal.Needs.Where(need => tools.Plan([need], have) is null)],
        };
    }

    /// <summary>Knows which tools are there, and calls none.</summary>
    private sealed class Standing(IReadOnlyCollection<string> down) : IToolCaller
    {
        public ToolParameters? Find(CapabilityTool tool) => down.Contains(tool.Name) ? null : new ToolParameters(null, []);

        public ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A preview calls no tool.");
    }
}
