using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.End;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks the ways through a workflow: each leads to a node, every node is on one, and all come to an end.</summary>
internal sealed class GraphCheck
{
    private readonly WorkflowChecks _checks;
    private readonly Dictionary<string, NodeDefinition> _nodes;

    /// <summary>Nodes from which a way leads nowhere, with the node that was probably meant.</summary>
    private readonly Dictionary<string, List<string?>> _dangling = [];

    private GraphCheck(WorkflowChecks checks)
    {
        _checks = checks;
        _nodes = checks.Workflow.Nodes.DistinctBy(node => node.Name).ToDictionary(node => node.Name);
    }

    public static void Run(WorkflowChecks checks) => new GraphCheck(checks).Run();

    private void Run()
    {
        WorkflowDefinition workflow = _checks.Workflow;
        foreach (NodeDefinition node in workflow.Nodes)
            Ways(node);
        if (workflow.Nodes.Count == 0)
        {
            _checks.Diagnostics.Error(_checks.Sources.Locate(workflow, workflow.Location, "nodes"), "The workflow has no nodes.");
            return;
        }

        if (workflow.Start is { } start && !_nodes.ContainsKey(start))
            _checks.Unknown(_checks.Sources.Locate(workflow, workflow.Location, "start"), $"There is no node '{start}' to start with.", start, _nodes.Keys);
        else
            Reach(workflow.Start ?? workflow.Nodes[0].Name);
    }

    private void Ways(NodeDefinition node)
    {
        foreach (EdgeDefinition edge in node.Next)
            Target(node, edge.To, _checks.Sources.Locate(edge, edge.Location, "to"));
        if (node.OnError is { } onError)
            Target(node, onError, _checks.Sources.Locate(node, node.Location, "onError"));
        if (node is EndNode)
            return;
        if (node.Next.Count == 0)
        {
            _dangling.TryAdd(node.Name, [null]);
            _checks.Diagnostics.Error(node.Location, $"Nothing follows node '{node.Name}'.", "Add next: NODE, or make it an end: succeeded.");
            return;
        }

        Order(node);
    }

    private void Target(NodeDefinition node, string to, SourceLocation location)
    {
        if (_nodes.ContainsKey(to))
            return;
        if (!_dangling.TryGetValue(node.Name, out List<string?>? meant))
            _dangling[node.Name] = meant = [];
        meant.Add(Suggestion.Nearest(to, _nodes.Keys));
        _checks.Unknown(location, $"There is no node '{to}'.", to, _nodes.Keys);
    }

    private void Order(NodeDefinition node)
    {
        int always = node.Next.ToList().FindIndex(edge => edge.When is null);
        if (always < 0)
        {
            _checks.Diagnostics.Warning(node.Next[^1].Location, $"The run fails at '{node.Name}' if none of these conditions holds.", "Add a last way without 'when'.");
            return;
        }

        foreach (EdgeDefinition edge in node.Next.Skip(always + 1))
            _checks.Diagnostics.Warning(edge.Location, $"The way to '{edge.To}' is never taken: the one to '{node.Next[always].To}' before it has no condition.");
    }

    private void Reach(string start)
    {
        HashSet<string> reached = Closure([start], name => Targets(_nodes[name]));
        // where a way leads to a name that means nothing, it is not known what it was to reach
        bool isKnown = !reached.Any(name => _dangling.TryGetValue(name, out List<string?>? meant) && meant.Contains(null));
        foreach (NodeDefinition node in _nodes.Values.Where(node => isKnown && !reached.Contains(node.Name)))
            _checks.Diagnostics.Error(node.Location, $"No way leads to node '{node.Name}'.", "Name it in a 'next', or remove it.");
        List<string> ends = [.. _nodes.Values.Where(node => node is EndNode).Select(node => node.Name)];
        if (ends.Count == 0)
        {
            if (_dangling.Count == 0)
                _checks.Diagnostics.Error(_checks.Sources.Locate(_checks.Workflow, _checks.Workflow.Location, "nodes"), "The workflow has no end.", "Add a node such as done: { end: succeeded }.");
            return;
        }

        // a way that leads nowhere yet is reported already; what comes before it is not a trap
        ILookup<string, string> before = _nodes.Values.SelectMany(node => Targets(node).Select(to => (to, node.Name))).ToLookup(pair => pair.to, pair => pair.Name);
        HashSet<string> ending = Closure(ends.Concat(_dangling.Keys), name => before[name]);
        List<NodeDefinition> trapped = [.. _nodes.Values.Where(node => reached.Contains(node.Name) && !ending.Contains(node.Name))];
        if (trapped.Count > 0)
            _checks.Diagnostics.Error(trapped[0].Location, $"No way leads from {string.Join(", ", trapped.Select(node => $"'{node.Name}'"))} to an end.");
    }

    private IEnumerable<string> Targets(NodeDefinition node) =>
        node.Next.Select(edge => edge.To)
            .Append(node.OnError ?? "")
            .Concat(_dangling.GetValueOrDefault(node.Name, []).OfType<string>())
            .Where(_nodes.ContainsKey);

    private static HashSet<string> Closure(IEnumerable<string> from, Func<string, IEnumerable<string>> step)
    {
        var found = new HashSet<string>(from);
        var open = new Queue<string>(found);
        while (open.TryDequeue(out string? name))
        {
            foreach (string next in step(name).Where(found.Add))
                open.Enqueue(next);
        }

        return found;
    }
}
