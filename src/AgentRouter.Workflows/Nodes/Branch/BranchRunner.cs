using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Branch;

/// <summary>Does nothing: the conditions of the node's edges do the choosing.</summary>
internal sealed class BranchRunner : INodeRunner
{
    public ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken) => new(NodeResult.Nothing);
}
