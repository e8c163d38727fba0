using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Branch;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;

namespace AgentRouter.Workflows.Nodes;

/// <summary>The kinds of nodes that YAML knows. A new kind is a folder beside this file and a line here.</summary>
internal static class NodeReaders
{
    public static IReadOnlyList<INodeReader> All { get; } =
    [
        new AgentNodeReader(),
        new RouteNodeReader(),
        new ToolNodeReader(),
        new BranchNodeReader(),
        new ParallelNodeReader(),
        new MapNodeReader(),
        new HumanNodeReader(),
        new WorkflowNodeReader(),
        new EndNodeReader(),
    ];

    public static INodeReader? Find(string kind) => All.FirstOrDefault(reader => reader.Kind == kind);
}
