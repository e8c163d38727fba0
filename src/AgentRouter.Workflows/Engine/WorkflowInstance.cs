using System.Globalization;
using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Engine;

/// <summary>One workflow as it runs: the run's own, or a nested one. Its nodes, their outputs, and the way through them.</summary>
internal sealed class WorkflowInstance : IExpressionScope
{
    private readonly RunSession _run;
    private readonly string _path;
    private readonly WorkflowDefinition _definition;
    private readonly RunningNode[] _nodes;
    private readonly Dictionary<string, int> _nodeAt;
    private readonly Dictionary<string, int> _outputAt;
    private readonly int[][] _targets;
    private readonly int[] _handlers;
    private readonly int _start;
    private JsonObject? _inputs;
    private JsonObject? _error;
    private int _visits;

    /// <param name="run">The run.</param>
    /// <param name="definition">The workflow.</param>
    /// <param name="path">The path of the node that nests it, or <see langword="null"/> for the run's own workflow.</param>
    /// <exception cref="NodeFailedException">The workflow cannot be run as it is.</exception>
    public WorkflowInstance(RunSession run, WorkflowDefinition definition, string? path)
    {
        _run = run;
        _path = path ?? "";
        _definition = definition;
        _nodes = new RunningNode[definition.Nodes.Count];
        _nodeAt = new Dictionary<string, int>(_nodes.Length);
        _outputAt = new Dictionary<string, int>(_nodes.Length);
        for (int i = 0; i < _nodes.Length; i++)
        {
            NodeDefinition node = definition.Nodes[i];
            _nodes[i] = new RunningNode(node, new NodeContext(run, this, this, path is null ? node.Name : $"{path}/{node.Name}"));
            _nodeAt[node.Name] = i;
            _outputAt[node.Name] = i;
            if (node.Output is { } alias)
                _outputAt[alias] = i;
        }

        if (_nodes.Length == 0)
            throw new NodeFailedException($"Workflow '{definition.Name}' has no nodes.");
        _start = definition.Start is null ? 0 : Target(definition.Start, "The start");
        _targets = [.. definition.Nodes.Select(node => node.Next.Select(edge => Target(edge.To, $"Node '{node.Name}'")).ToArray())];
        _handlers = [.. definition.Nodes.Select(node => node.OnError is null ? -1 : Target(node.OnError, $"Node '{node.Name}'"))];
    }

    public WorkflowDefinition Definition => _definition;

    public JsonObject Inputs => _inputs ?? [];

    public IReadOnlyList<RunningNode> Nodes => _nodes;

    /// <summary>Gets the last output of any node.</summary>
    public JsonNode? LastOutput { get; private set; }

    /// <summary>Runs from the start to an end. Never throws.</summary>
    public async ValueTask<NodeResult> RunAsync(JsonObject inputs, CancellationToken cancellationToken)
    {
        _inputs = inputs;
        int at = _start;
        while (true)
        {
            if (cancellationToken.IsCancellationRequested)
                return NodeResult.Cancelled;
            RunningNode node = _nodes[at];
            _run.Log?.Replay?.Enter(_path, node.Path);
            NodeResult result = await node.VisitAsync(cancellationToken);
            if (_run.Log is { IsBehind: true } log)
                await log.CatchUpAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (result.HasOutput)
                Keep(node, result.Output);
            switch (result.Status)
            {
                case NodeStatus.Done:
                    at = Next(node, _targets[at]);
                    if (at < 0)
                        return NodeResult.Failed($"There is no way on from node '{node.Path}': none of the conditions of its edges holds. Add an edge without a condition.");
                    break;
                case NodeStatus.Failed when node.Definition.OnError is { } handler:
                    _error = new JsonObject { ["message"] = result.Reason, ["node"] = node.Definition.Name };
                    _run.Log?.Emit(new EdgeTaken(handler, "onError") { Node = node.Path });
                    at = _handlers[at];
                    break;
                default:
                    return result;
            }
        }
    }

    /// <summary>Counts a visit of one of this workflow's nodes, branches and map items included. Thread-safe.</summary>
    /// <returns>Whether the workflow may make it.</returns>
    public bool CountVisit(out NodeResult tooMany)
    {
        tooMany = default;
        if (Interlocked.Increment(ref _visits) <= _definition.MaxVisits)
            return true;
        tooMany = NodeResult.Failed(string.Create(CultureInfo.InvariantCulture,
            $"Workflow '{_definition.Name}' has made its {_definition.MaxVisits:N0} node visits without coming to an end. A loop may be missing its way out; raise maxVisits if it is meant to run that long."));
        return false;
    }

    public ExpressionValue Find(string name)
    {
        if (_outputAt.TryGetValue(name, out int at))
            return ExpressionValue.From(_nodes[at].Output);
        return name switch
        {
            "inputs" => ExpressionValue.From(_inputs),
            "error" => ExpressionValue.From(_error),
            _ => ExpressionValue.Null,
        };
    }

    public int Visits(string node) => _nodeAt.TryGetValue(node, out int at) ? _nodes[at].Visits : 0;

    private void Keep(RunningNode node, JsonNode? output)
    {
        node.Output = output;
        node.HasOutput = true;
        LastOutput = output;
    }

    private int Target(string name, string from) => _nodeAt.TryGetValue(name, out int at)
        ? at
        : throw new NodeFailedException($"{from} leads to '{name}', but workflow '{_definition.Name}' has no such node. Validate the workflow before it is run.");

    private int Next(RunningNode node, int[] targets)
    {
        IReadOnlyList<EdgeDefinition> edges = node.Definition.Next;
        for (int i = 0; i < edges.Count; i++)
        {
            EdgeDefinition edge = edges[i];
            if (edge.When is not null && !edge.When.IsTrue(this))
                continue;
            _run.Log?.Emit(new EdgeTaken(edge.To, edge.When?.Text) { Node = node.Path });
            return targets[i];
        }

        return -1;
    }
}
