using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;

namespace AgentRouter.Routing;

/// <summary>A step that waits for a decision.</summary>
/// <param name="Step">The step.</param>
/// <param name="Scope">The task it belongs to.</param>
public readonly record struct RouteRequest(StepContext Step, TaskScope Scope);
