using AgentRouter.Steps;

namespace AgentRouter.Routing;

/// <summary>Decides which model takes a step: gates, expected costs, policy. It spends nothing and calls no model.</summary>
public interface IStepRouter
{
    /// <summary>Decides a step.</summary>
    /// <param name="request">The step.</param>
    /// <param name="cancellationToken">Cancels the decision.</param>
    /// <returns>The decision, with all candidates.</returns>
    /// <exception cref="Failures.ModelCallException">No model can take the step; the message names each model and why.</exception>
    ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken = default);
}
