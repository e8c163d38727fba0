namespace AgentRouter.Tools.Healing.Goals;

/// <summary>A path to a goal as tools of the graph.</summary>
/// <param name="Tools">Their numbers, in an order in which they can run.</param>
/// <param name="Cost">The sum of their weights.</param>
/// <param name="LowerBound">What no path costs less than.</param>
internal sealed record GoalPath(IReadOnlyList<int> Tools, double Cost, double LowerBound);
