using AgentRouter.Expressions;
using AgentRouter.Skills;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Workflow;
using AgentRouter.Workflows.Validation;
using QuikGraph;

namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>Puts a system graph together.</summary>
internal sealed class SystemGraphBuilder(ToolCatalog tools, IReadOnlyList<string> tiers)
{
    private readonly BidirectionalGraph<SystemVertex, SystemEdge> _graph = new(allowParallelEdges: true);
    private readonly HashSet<SystemEdge> _edges = [];

    public SystemGraph Build()
    {
        foreach (ToolDescription tool in tools.Descriptions)
            AddTool(tool.FullName, tool);
        foreach (string tier in tiers)
            _graph.AddVertex(new SystemVertex(SystemVertexKind.Tier, tier));
        return new SystemGraph(_graph);
    }

    public void AddSkills(IEnumerable<Skill> skills)
    {
        foreach (Skill skill in skills)
            _graph.AddVertex(new SystemVertex(SystemVertexKind.Skill, skill.Name) { Description = skill.Description });
    }

    public void AddAgent(AgentDefinition agent)
    {
        var vertex = new SystemVertex(SystemVertexKind.Agent, agent.Name) { Description = agent.Description };
        Add(vertex, SystemEdgeKind.Plays, new SystemVertex(SystemVertexKind.Role, agent.Role));
        AddTools(vertex, agent.Tools);
        AddSkills(vertex, agent.Skills);
        foreach (string tier in agent.Tiers ?? tiers)
            Add(vertex, SystemEdgeKind.MayUse, new SystemVertex(SystemVertexKind.Tier, tier));
        AddMemory(vertex, agent.Memory);
    }

    /// <summary>Adds the agents of a workflow, the tools its nodes give them, and who hands over to whom.</summary>
    public void AddWorkflow(WorkflowDefinition workflow)
    {
        foreach (CapabilityTool tool in workflow.Tools.Graph?.Tools ?? [])
            AddGraphTool(tool);
        foreach (NodeDefinition node in workflow.Nodes)
            AddNode(node, workflow.Memory);
        foreach (Handover handover in new Handovers(workflow).Find())
        {
            SystemEdgeKind kind = handover.IsChosen ? SystemEdgeKind.MayHandOverTo : SystemEdgeKind.HandsOverTo;
            Add(new SystemVertex(SystemVertexKind.Agent, handover.From), kind, new SystemVertex(SystemVertexKind.Agent, handover.To));
        }
    }

    private void AddNode(NodeDefinition node, MemoryDefinition? memory)
    {
        if (node is AgentNode agent)
        {
            AddAgent(agent.Agent);
            var vertex = new SystemVertex(SystemVertexKind.Agent, agent.Agent.Name);
            AddTools(vertex, agent.Tools ?? []);
            AddSkills(vertex, agent.Skills);
            AddMemory(vertex, MemoryDefinition.Of(agent.Memory, agent.Agent.Memory, memory));
        }
        else if (node is RouteNode route)
        {
            foreach (AgentDefinition candidate in route.Agents)
            {
                AddAgent(candidate);
                AddMemory(new SystemVertex(SystemVertexKind.Agent, candidate.Name), MemoryDefinition.Of(null, candidate.Memory, memory));
            }
        }
        else if (node is WorkflowNode nested)
        {
            AddWorkflow(nested.Workflow);
        }

        foreach (NodeDefinition child in node.Children)
            AddNode(child, memory);
    }

    // those that are found differ from task to task
    private void AddSkills(SystemVertex agent, SkillsDefinition? skills)
    {
        foreach (string name in skills?.Names ?? [])
            Add(agent, SystemEdgeKind.MayUse, new SystemVertex(SystemVertexKind.Skill, name));
    }

    private void AddMemory(SystemVertex agent, MemoryDefinition? memory)
    {
        foreach (Template scope in memory?.Read ?? [])
            Add(agent, SystemEdgeKind.Reads, new SystemVertex(SystemVertexKind.MemoryScope, scope.Text));
        if (memory?.Write is { } write)
            Add(agent, SystemEdgeKind.Writes, new SystemVertex(SystemVertexKind.MemoryScope, write.Text));
    }

    private void AddTools(SystemVertex agent, IReadOnlyList<string> names)
    {
        foreach (string name in tools.Expand(names))
            Add(agent, SystemEdgeKind.MayUse, AddTool(name, tools.Find(name).Description));
    }

    private void AddGraphTool(CapabilityTool tool)
    {
        SystemVertex vertex = AddTool(tool.Tool, tools.Find(tool.Tool).Description);
        foreach (string capability in tool.Provides)
            Add(vertex, SystemEdgeKind.Provides, new SystemVertex(SystemVertexKind.Capability, capability));
    }

    private SystemVertex AddTool(string name, ToolDescription? description)
    {
        var tool = new SystemVertex(SystemVertexKind.Tool, name) { Description = description?.Description };
        if (description is not null)
            Add(tool, SystemEdgeKind.Provides, new SystemVertex(SystemVertexKind.Capability, description.Capability));
        return tool;
    }

    private void Add(SystemVertex source, SystemEdgeKind kind, SystemVertex target)
    {
        var edge = new SystemEdge(source, target, kind);
        if (_edges.Add(edge))
            _graph.AddVerticesAndEdge(edge);
    }
}
