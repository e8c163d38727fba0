using System.Collections.Concurrent;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Goals;
using AgentRouter.Tools.Health;
using AgentRouter.Tools.Monitors;

namespace AgentRouter.Tools.Healing;

/// <summary>Reaches goals over the tools of a graph and finds a way around what fails, without asking a model as long as there is one. Thread-safe.</summary>
/// <remarks>
/// After the Self-Healing Router (notes in docs/healing.md), with three differences: the new path leads from what is done over what is still needed, never
/// from the tool that failed; all branches that a goal needs are run, not one of them; and a call that may have taken effect before it failed is cleared up
/// before anything is called that would do the same.
/// </remarks>
public sealed class ToolHealer
{
    // goals that are made anew for each call are not kept for ever
    private const int MostGoals = 1_000;

    private readonly ConcurrentDictionary<CapabilityGoal, int[]> _relevant = new(ReferenceEqualityComparer.Instance);
    private readonly ToolHealth[] _toolHealth;
    private readonly HealingOptions _options;
    private readonly ToolMonitors _monitors;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a healer.</summary>
    /// <param name="graph">The tools.</param>
    /// <param name="health">Their health; share one registry in a process.</param>
    /// <param name="options">How failures are healed.</param>
    /// <param name="monitors">What looks at each call before it is made; by default <see cref="ToolMonitor.Defaults"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ToolHealer(
        CapabilityGraph graph, ToolHealthRegistry health, HealingOptions? options = null, IReadOnlyList<IToolMonitor>? monitors = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(health);
        (Graph, Health) = (graph, health);
        _toolHealth = [.. graph.Tools.Select(health.Of)];
        _options = (options ?? new HealingOptions()).Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _monitors = new ToolMonitors([.. monitors ?? ToolMonitor.Defaults()], _timeProvider);
    }

    /// <summary>Gets the tools.</summary>
    public CapabilityGraph Graph { get; }

    /// <summary>Gets their health.</summary>
    public ToolHealthRegistry Health { get; }

    /// <summary>Reaches a goal, or a lesser one.</summary>
    /// <param name="request">The goal, and what is known.</param>
    /// <param name="cancellationToken">Cancels the calls that are out, and starts no more.</param>
    /// <returns>How it ended; a goal that cannot be reached is a result, not an exception.</returns>
    /// <exception cref="ArgumentException">The goal needs what no tool of the graph provides.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<GoalResult> ReachAsync(GoalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_relevant.TryGetValue(request.Goal, out int[]? relevant))
        {
            relevant = RelevantTo(request.Goal);
            if (_relevant.Count < MostGoals)
                _relevant[request.Goal] = relevant;
        }

        var tools = new GoalTools(Graph, _toolHealth, relevant, Health, request.Caller);
        return new GoalRun(request, tools, Health, _options, _monitors, _timeProvider).RunAsync(cancellationToken);
    }

    private int[] RelevantTo(CapabilityGoal goal)
    {
        string[] needs = [.. goal.Needs.Concat(goal.Lesser.SelectMany(lesser => lesser.Needs))];
        return Array.Find(needs, need => !Graph.Provides(need)) is { } unknown
            ? throw new ArgumentException($"Goal '{goal.Name}' needs '{unknown}', which no tool of the graph provides.", nameof(goal))
            : Graph.ToolsFor(needs);
    }
}
