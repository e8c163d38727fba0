using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Engine;

/// <summary>A node's place in a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Workflow">The workflow the node belongs to: the run's own or a nested one.</param>
/// <param name="Scope">What the node's expressions read.</param>
/// <param name="Path">The node's path: <c>research/1/read</c>.</param>
internal sealed record NodeContext(RunSession Run, WorkflowInstance Workflow, IExpressionScope Scope, string Path)
{
    /// <summary>Makes the place of a node inside this one.</summary>
    public NodeContext Inside(string name, IExpressionScope? scope = null) => this with { Path = $"{Path}/{name}", Scope = scope ?? Scope };

    /// <summary>Makes a node inside this one.</summary>
    public RunningNode Open(NodeDefinition definition, IExpressionScope? scope = null, string? under = null) =>
        new(definition, Inside(under is null ? definition.Name : $"{under}/{definition.Name}", scope));
}
