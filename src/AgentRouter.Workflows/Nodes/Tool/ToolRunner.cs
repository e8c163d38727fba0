using System.Text.Json;
using AgentRouter.Tools;
using AgentRouter.Tools.Healing;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Nodes.Tool;

/// <summary>Calls its tool; what the tool returns is the output.</summary>
internal sealed class ToolRunner : INodeRunner
{
    private readonly ToolNode _node;
    private readonly NodeContext _context;

    public ToolRunner(ToolNode node, NodeContext context)
    {
        _node = node;
        _context = context;
        context.Run.Tools.Need(node.Tool);
    }

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        var arguments = new AIFunctionArguments();
        foreach ((string name, object? value) in _node.Arguments)
            arguments[name] = NodeValues.Resolve(value, _context.Scope) is { } given ? JsonSerializer.SerializeToElement(given) : null;
        OpenTool tool = _context.Run.Tools.Find(_node.Tool);
        ToolOutcome outcome = await _context.Run.ToolCalls.CallAsync(tool, arguments, null, cancellationToken);
        if (outcome.Error is not null)
            return NodeResult.Failed($"Tool '{_node.Tool}' failed: {TextLimit.Shorten(outcome.Error, TextLimit.Event)}") with { MayRetry = tool.Description.IsIdempotent && !outcome.IsDeclined };
        return outcome.Goal is { Status: GoalStatus.Lesser } goal && !_node.AcceptsLesser
            ? NodeResult.Failed($"'{goal.Goal}' was not reached, only '{goal.Lesser}'. Missing: {string.Join(", ", goal.Missing)}. {TextLimit.Shorten(goal.Reason ?? "", TextLimit.Event)}")
            : NodeResult.Done(ToolJson.Node(outcome.Value));
    }
}
