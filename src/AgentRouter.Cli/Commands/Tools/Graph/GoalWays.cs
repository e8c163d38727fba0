using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;

namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>The way to a goal, and what is left of it when one more of its tools is down.</summary>
/// <param name="Now">The way as things stand.</param>
/// <param name="Without">The way without each of its tools.</param>
internal sealed record GoalWays(GoalPreview Now, IReadOnlyList<(string Tool, GoalPreview Way)> Without)
{
    /// <summary>The most tools of a way that are taken away in turn.</summary>
    private const int MostTaken = 20;

    /// <summary>Finds the ways.</summary>
    public static GoalWays Of(CapabilityGraph graph, CapabilityGoal goal, IReadOnlyCollection<string> down)
    {
        GoalPreview now = GoalPreview.Of(graph, goal, down);
        return new GoalWays(now, [.. now.Tools.Take(MostTaken).Select(tool => (tool.Name, GoalPreview.Of(graph, goal, [.. down, tool.Name])))]);
    }

    /// <summary>Groups the tools of a way: those of a group need only what groups before it provide, so they can run at the same time.</summary>
    public static IReadOnlyList<IReadOnlyList<CapabilityTool>> Groups(GoalPreview way)
    {
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new List<List<CapabilityTool>>();
        foreach (CapabilityTool tool in way.Tools)
        {
            int group = tool.Needs.Select(need => at.GetValueOrDefault(need, 0)).DefaultIfEmpty(0).Max();
            if (group == groups.Count)
                groups.Add([]);
            groups[group].Add(tool);
            foreach (string capability in tool.Provides)
                at.TryAdd(capability, group + 1);
        }

        return groups;
    }
}
