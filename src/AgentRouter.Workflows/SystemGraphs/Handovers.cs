using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Workflow;

namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>Finds which agents follow each other in a workflow; nodes without an agent are passed through.</summary>
internal sealed class Handovers(WorkflowDefinition workflow)
{
    private readonly Dictionary<string, NodeDefinition> _nodes = workflow.Nodes.DistinctBy(node => node.Name).ToDictionary(node => node.Name);

    public IEnumerable<Handover> Find()
    {
        foreach (NodeDefinition node in workflow.Nodes)
        {
            List<(string Agent, bool IsChosen)> next = [.. After(node).SelectMany(Entries).Distinct()];
            foreach (string from in Exits(node))
            {
                foreach ((string to, bool isChosen) in next.Where(to => to.Agent != from))
                    yield return new Handover(from, to, isChosen);
            }
        }

        foreach (Handover merged in workflow.Nodes.SelectMany(Merged))
            yield return merged;
    }

    /// <summary>Lists the agents that the workflow begins with.</summary>
    private IEnumerable<(string Agent, bool IsChosen)> First()
    {
        if (_nodes.GetValueOrDefault(workflow.Start ?? (workflow.Nodes.Count == 0 ? "" : workflow.Nodes[0].Name)) is not { } start)
            return [];
        return HasAgents(start) ? Entries(start) : After(start).SelectMany(Entries);
    }

    /// <summary>Lists the agents after which the workflow may end.</summary>
    private IEnumerable<string> Last() => workflow.Nodes.Where(node => HasAgents(node) && Passed(node).Any(next => next is EndNode)).SelectMany(Exits);

    /// <summary>Lists the next nodes with agents after a node.</summary>
    private IEnumerable<NodeDefinition> After(NodeDefinition node) => Passed(node).Where(HasAgents);

    /// <summary>Lists all nodes that are reached from a node before and including the next ones with agents.</summary>
    private HashSet<NodeDefinition> Passed(NodeDefinition node)
    {
        var found = new HashSet<NodeDefinition>(ReferenceEqualityComparer.Instance);
        var open = new Queue<NodeDefinition>([node]);
        while (open.TryDequeue(out NodeDefinition? at))
        {
            foreach (NodeDefinition next in at.Next.Select(edge => edge.To).Append(at.OnError ?? "").Select(name => _nodes.GetValueOrDefault(name)).OfType<NodeDefinition>().Where(found.Add))
            {
                if (!HasAgents(next) || MaySkip(next))
                    open.Enqueue(next);
            }
        }

        return found;
    }

    private static bool MaySkip(NodeDefinition node) => node is RouteNode route && route.Candidates.Any(candidate => candidate.IsSkip);

    private static bool HasAgents(NodeDefinition node) => Entries(node).Any();

    private static IEnumerable<(string Agent, bool IsChosen)> Entries(NodeDefinition node) => node switch
    {
        AgentNode agent => [(agent.Agent.Name, false)],
        RouteNode route => route.Candidates.Where(candidate => !candidate.IsSkip).Select(candidate => (candidate.Name, true)),
        WorkflowNode nested => new Handovers(nested.Workflow).First(),
        _ => node.Children.SelectMany(Entries),
    };

    private static IEnumerable<string> Exits(NodeDefinition node) => node switch
    {
        AgentNode agent => [agent.Agent.Name],
        RouteNode route => route.Agents.Select(agent => agent.Name),
        WorkflowNode nested => new Handovers(nested.Workflow).Last(),
        _ => node.Children.SelectMany(Exits),
    };

    // the answers of several agents go to the refiner of their own node
    private static IEnumerable<Handover> Merged(NodeDefinition node) => node is RouteNode { Refiner: { } refiner } route
        ? route.Candidates.Where(candidate => !candidate.IsSkip && candidate.Name != refiner.Name).Select(candidate => new Handover(candidate.Name, refiner.Name, IsChosen: true))
        : node.Children.SelectMany(Merged);
}
