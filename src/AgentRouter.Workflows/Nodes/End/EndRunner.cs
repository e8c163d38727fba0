using System.Text.Json.Nodes;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.End;

/// <summary>Ends its workflow; the answer is the node's own or the last output.</summary>
internal sealed class EndRunner(EndNode node, NodeContext context) : INodeRunner
{
    public ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        JsonNode? answer = node.Answer is null ? context.Workflow.LastOutput : JsonValue.Create(node.Answer.Render(context.Scope));
        return new(NodeResult.End(node.Outcome, answer, node.Reason?.Render(context.Scope)));
    }
}
