using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Branch;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;

namespace AgentRouter.Workflows.Drawing;

/// <summary>Draws a workflow: its nodes and the ways between them. What a node holds hangs on it by dashed lines.</summary>
public static class WorkflowDrawing
{
    /// <summary>Draws a workflow.</summary>
    /// <param name="workflow">The workflow; ways to nodes that it does not have are left out.</param>
    public static DrawnGraph Of(WorkflowDefinition workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var nodes = new List<DrawnNode>();
        var edges = new List<DrawnEdge>();
        foreach (NodeDefinition node in workflow.Nodes)
            Add(node, node.Name, nodes, edges);
        HashSet<string> keys = [.. nodes.Select(node => node.Key)];
        return new DrawnGraph(workflow.Name, nodes, [.. edges.Where(edge => keys.Contains(edge.To))]);
    }

    private static void Add(NodeDefinition node, string key, List<DrawnNode> nodes, List<DrawnEdge> edges)
    {
        nodes.Add(new DrawnNode(key, [node.Name, Says(node)], ShapeOf(node)));
        foreach (EdgeDefinition edge in node.Next)
            edges.Add(new DrawnEdge(key, edge.To, edge.When?.Text));
        if (node.OnError is { } handler)
            edges.Add(new DrawnEdge(key, handler, "on error", IsDashed: true));
        if (node is RouteNode route)
            AddCandidates(route, key, nodes, edges);
        foreach (NodeDefinition child in node.Children)
        {
            string inner = $"{key}/{child.Name}";
            edges.Add(new DrawnEdge(key, inner, node is MapNode ? "for each" : null, IsDashed: true));
            Add(child, inner, nodes, edges);
        }
    }

    private static void AddCandidates(RouteNode route, string key, List<DrawnNode> nodes, List<DrawnEdge> edges)
    {
        foreach ((int i, RouteCandidate candidate) in route.Candidates.Index())
        {
            // two skips may stand in one list
            string inner = candidate.IsSkip ? $"{key}/{candidate.Name}/{i.ToString(CultureInfo.InvariantCulture)}" : $"{key}/{candidate.Name}";
            edges.Add(new DrawnEdge(key, inner, candidate.When?.Text, IsDashed: true));
            nodes.Add(candidate.Agent is { } agent ? Agent(inner, agent) : new DrawnNode(inner, [candidate.Name, "does nothing"], NodeShape.Box));
        }

        if (route.Refiner is not { } refiner)
            return;
        string merging = $"{key}/merge/{refiner.Name}";
        edges.Add(new DrawnEdge(key, merging, "merges the answers", IsDashed: true));
        nodes.Add(Agent(merging, refiner));
    }

    private static DrawnNode Agent(string key, AgentDefinition agent) =>
        new(key, [agent.Name, agent.Role == agent.Name ? "agent" : $"agent, {agent.Role}"], NodeShape.Rounded);

    private static string Says(NodeDefinition node) => node switch
    {
        AgentNode { Agent: var agent } => agent.Role == agent.Name ? $"agent {agent.Name}" : $"agent {agent.Name}, {agent.Role}",
        RouteNode { FanOut: > 1 and var most } => $"one of these, or up to {most} at once",
        RouteNode => "one of these",
        ToolNode tool => tool.Tool,
        ParallelNode { Join: { } count } => count == 1 ? "first of these" : $"first {count} of these",
        ParallelNode => "all at once",
        MapNode map => $"each {map.As} of {map.Over.Text}",
        WorkflowNode nested => $"workflow {nested.Workflow.Name}",
        HumanNode => "a person answers",
        EndNode end => end.Outcome == RunOutcome.Succeeded ? "succeeded" : "failed",
        _ => node.Kind,
    };

    private static NodeShape ShapeOf(NodeDefinition node) => node switch
    {
        AgentNode => NodeShape.Rounded,
        BranchNode or RouteNode => NodeShape.Diamond,
        ParallelNode or MapNode => NodeShape.Hexagon,
        HumanNode => NodeShape.Slanted,
        EndNode => NodeShape.Circle,
        _ => NodeShape.Box,
    };
}
