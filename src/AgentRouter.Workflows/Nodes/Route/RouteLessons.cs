using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>Begins the uses of a node's candidates, and hands what verifications say of them to the preferences.</summary>
internal sealed class RouteLessons(RouteNode node, NodeContext context)
{
    /// <summary>Begins a use in the current scope; a choice that was none teaches nothing.</summary>
    public RouteTrial Begin(RouteChoice choice, int candidate) =>
        RouteTrial.Begin(TaskScope.Current!, (right, cost) =>
        {
            if (!choice.Teaches || context.Run.Log?.IsReplaying == true)
                return;
            string name = node.Candidates[candidate].Name;
            try
            {
                context.Run.Preferences.Learn(choice.TaskKind, node.Name, name, right, cost);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                context.Run.Warn($"What was learned of the agent '{name}' is not saved: {exception.Message}");
            }
        });
}
