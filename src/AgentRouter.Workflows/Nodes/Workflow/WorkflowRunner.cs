using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Telemetry;

namespace AgentRouter.Workflows.Nodes.Workflow;

/// <summary>Runs another workflow inside the run; its answer is the output.</summary>
internal sealed class WorkflowRunner : INodeRunner
{
    private readonly WorkflowNode _node;
    private readonly NodeContext _context;
    private WorkflowInstance? _next;

    public WorkflowRunner(WorkflowNode node, NodeContext context)
    {
        _node = node;
        _context = context;
        // made now, so that the tools of its nodes are known before the run starts
        _next = Open();
    }

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        WorkflowInstance workflow = _next ?? Open();
        _next = null;
        JsonObject inputs = BindInputs();
        using Activity? activity = WorkflowTelemetry.StartWorkflow(_node.Workflow.Name, _context.Run.RunId, _context.Path);
        if (_node.Grant is null)
            return Translate(await workflow.RunAsync(inputs, cancellationToken));
        Grant grant = Grants.Give(_context.Run, _context.Path, _node.Grant);
        return Translate(await Grants.UseAsync(_context.Run, grant, token => workflow.RunAsync(inputs, token), cancellationToken));
    }

    private WorkflowInstance Open() => new(_context.Run, _node.Workflow, _context.Path);

    private JsonObject BindInputs()
    {
        var given = new Dictionary<string, JsonNode?>(_node.Inputs.Count);
        foreach ((string name, object? value) in _node.Inputs)
            given[name] = NodeValues.Resolve(value, _context.Scope);
        try
        {
            return RunInputs.Bind(_node.Workflow, given);
        }
        catch (ConfigurationException exception)
        {
            throw new NodeFailedException($"Node '{_context.Path}': {exception.Message}", exception);
        }
    }

    private NodeResult Translate(in NodeResult result) => result.Status switch
    {
        NodeStatus.Ended when result.Outcome == RunOutcome.Succeeded => NodeResult.Done(result.Output),
        NodeStatus.Ended => NodeResult.Failed($"Workflow '{_node.Workflow.Name}' ended as failed: {result.Reason ?? JsonText.Plain(result.Output)}", result.Output, null),
        _ => result,
    };
}
