using System.Collections.Frozen;
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

namespace AgentRouter.Workflows.Engine;

/// <summary>The one list of node kinds that the engine can run: a new kind is a folder under <c>Nodes</c> and a line here.</summary>
internal static class NodeRunners
{
    private static readonly FrozenDictionary<Type, Func<NodeDefinition, NodeContext, INodeRunner>> Kinds =
        new Dictionary<Type, Func<NodeDefinition, NodeContext, INodeRunner>>
        {
            [typeof(AgentNode)] = (node, context) => new AgentRunner((AgentNode)node, context),
            [typeof(RouteNode)] = (node, context) => new RouteRunner((RouteNode)node, context),
            [typeof(ToolNode)] = (node, context) => new ToolRunner((ToolNode)node, context),
            [typeof(BranchNode)] = (_, _) => new BranchRunner(),
            [typeof(ParallelNode)] = (node, context) => new ParallelRunner((ParallelNode)node, context),
            [typeof(MapNode)] = (node, context) => new MapRunner((MapNode)node, context),
            [typeof(HumanNode)] = (node, context) => new HumanRunner((HumanNode)node, context),
            [typeof(WorkflowNode)] = (node, context) => new WorkflowRunner((WorkflowNode)node, context),
            [typeof(EndNode)] = (node, context) => new EndRunner((EndNode)node, context),
        }.ToFrozenDictionary();

    public static INodeRunner Create(NodeDefinition node, NodeContext context) =>
        Kinds.TryGetValue(node.GetType(), out var create)
            ? create(node, context)
            : throw new NodeFailedException($"Node '{context.Path}' is of the kind '{node.Kind}', which this engine cannot run.");
}
