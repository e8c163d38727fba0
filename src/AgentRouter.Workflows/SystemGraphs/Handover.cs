namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>In a workflow, the work of one agent goes to another one.</summary>
/// <param name="From">The agent that has worked.</param>
/// <param name="To">The agent that works next.</param>
/// <param name="IsChosen">Whether it works only where a route node chooses it.</param>
internal readonly record struct Handover(string From, string To, bool IsChosen);
