namespace AgentRouter.Tools.Planning;

/// <summary>What a tool means to the planner.</summary>
/// <param name="Needs">The facts that must hold before it runs, all of them. Repeats do no harm.</param>
/// <param name="Provides">The facts that hold after it ran. Repeats do no harm.</param>
internal sealed record PlanningTool(IReadOnlyList<int> Needs, IReadOnlyList<int> Provides);
