using AgentRouter.Identity;
using AgentRouter.Tools.Healing.Calls;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Healing.Functions;

/// <summary>Gives the capabilities of a graph to function calling.</summary>
public static class HealingFunctions
{
    /// <summary>Makes a function of each goal of a graph, and of each capability where it has no goals.</summary>
    /// <param name="healer">Reaches the goals.</param>
    /// <param name="caller">Calls the tools.</param>
    /// <param name="configure">Completes the request of each call: who decides, where events go; or <see langword="null"/>.</param>
    /// <param name="ids">Makes an id for each call, which its idempotency keys begin with; by default ids that sort by time.</param>
    /// <returns>The functions; each call is a piece of work of its own.</returns>
    public static IReadOnlyList<AIFunction> AsAIFunctions(this ToolHealer healer, IToolCaller caller, Func<GoalRequest, GoalRequest>? configure = null, IIdGenerator? ids = null)
    {
        ArgumentNullException.ThrowIfNull(healer);
        ArgumentNullException.ThrowIfNull(caller);
        IIdGenerator keys = ids ?? new TimeOrderedIdGenerator();
        return [.. healer.Graph.PublicGoals().Select(goal => new CapabilityFunction(healer.Graph, goal, (wanted, facts, cancellationToken) =>
        {
            var request = new GoalRequest(wanted, caller) { Key = keys.NewId(), Facts = facts };
            return healer.ReachAsync(configure?.Invoke(request) ?? request, cancellationToken);
        }))];
    }
}
