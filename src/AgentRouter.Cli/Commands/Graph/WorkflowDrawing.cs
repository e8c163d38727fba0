using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Branch;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;

namespace AgentRouter.Cli.Commands.Graph;

/// <summary>Draws a workflow: its nodes and the ways between them; what a node holds hangs on it by dashed lines.</summary>
internal static class WorkflowDrawing
{
    /// <summary>Draws a workflow.</summary>
    public static DrawnGraph Of(WorkflowDefinition workflow)
    {
        var nodes = new List<DrawnNode>();
        var edges = new List<DrawnEdge>();
        foreach (NodeDefinition node in workflow.Nodes)
            Add(node, node.Name, nodes, edges);
        return new DrawnGraph(workflow.Name, nodes, edges);
    }

    private static void Add(NodeDefinition node, string key, List<DrawnNode> nodes, List<DrawnEdge> edges)
    {
        nodes.Add(new DrawnNode(key, [node.Name, Says(node)], ShapeOf(node)));
        foreach (EdgeDefinition edge in node.Next)
            edges.Add(new DrawnEdge(key, edge.To, edge.When?.ToString()));
        if (node.OnError is { } handler)
            edges.Add(new DrawnEdge(key, handler, "on error", IsDashed: true));
        foreach ((NodeDefinition part, string label) in Parts(node))
        {
            string inner = key + "/" + part.Name;
            edges.Add(new DrawnEdge(key, inner, label, IsDashed: true));
            Add(part with { Next = [] }, inner, nodes, edges);
        }
    }

    private static IEnumerable<(NodeDefinition Part, string Label)> Parts(NodeDefinition node) => node switch
    {
        ParallelNode parallel => parallel.Branches.Select(branch => (branch, "branch")),
        MapNode map => [(map.Body, "for each")],
        _ => [],
    };

    private static string Says(NodeDefinition node) => node switch
    {
        AgentNode agent => "agent " + agent.Agent.Name,
        ToolNode tool => tool.Tool,
        MapNode map => $"for each {map.As} in {map.Over}",
        WorkflowNode workflow => "workflow " + workflow.Workflow.Name,
        EndNode end => end.Outcome.ToString().ToLowerInvariant(),
        _ => node.Kind,
    };

    private static NodeShape ShapeOf(NodeDefinition node) => node switch
    {
        AgentNode => NodeShape.Rounded,
        BranchNode => NodeShape.Diamond,
        ParallelNode or MapNode => NodeShape.Hexagon,
        HumanNode => NodeShape.Slanted,
        EndNode => NodeShape.Circle,
        _ => NodeShape.Box,
    };
}
