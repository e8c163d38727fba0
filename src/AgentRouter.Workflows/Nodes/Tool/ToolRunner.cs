using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Engine.Healing;
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
        if (outcome.Goal is not { } goal || tool.Function is not CapabilityFunction { Goal: var wanted })
            return NodeResult.Done(ToolJson.Node(outcome.Value));
        return goal.Status == GoalStatus.Lesser && !_node.AcceptsLesser
            ? NodeResult.Failed($"'{goal.Goal}' was not reached, only '{goal.Lesser}'. Missing: {string.Join(", ", goal.Missing)}. {TextLimit.Shorten(goal.Reason ?? "", TextLimit.Event)}")
            : NodeResult.Done(OutputOf(wanted, goal, outcome));
    }

    // of one form whatever happened on the way, so that other nodes can read it; what a model is told is not
    private JsonNode? OutputOf(CapabilityGoal wanted, GoalResult goal, ToolOutcome outcome)
    {
        if (wanted.Needs is [var only] && !_node.AcceptsLesser)
            return goal.Facts[only]?.DeepClone();
        var output = new JsonObject();
        foreach (string need in wanted.Needs.Distinct())
            output[need] = goal.Missing.Contains(need) ? null : goal.Facts[need]?.DeepClone();
        output[CapabilityTools.NoteField] = (ToolJson.Node(outcome.Value) as JsonObject)?[CapabilityTools.NoteField]?.DeepClone();
        return output;
    }
}
