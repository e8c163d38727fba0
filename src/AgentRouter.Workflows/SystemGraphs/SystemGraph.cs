using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using QuikGraph;

namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>Agents, roles, tools, capabilities, skills, memory scopes and tiers of a project as one typed graph. Read-only.</summary>
/// <remarks>Its queries are the masks of the router: who may play a role, what an agent may use.</remarks>
public sealed class SystemGraph
{
    private readonly BidirectionalGraph<SystemVertex, SystemEdge> _graph;

    internal SystemGraph(BidirectionalGraph<SystemVertex, SystemEdge> graph) => _graph = graph;

    /// <summary>Gets the graph, for QuikGraph's algorithms.</summary>
    public IBidirectionalGraph<SystemVertex, SystemEdge> Graph => _graph;

    /// <summary>Gets the vertices by kind and name.</summary>
    public IReadOnlyList<SystemVertex> Vertices => [.. _graph.Vertices.OrderBy(vertex => vertex.Kind).ThenBy(vertex => vertex.Name, StringComparer.Ordinal)];

    /// <summary>Gets the edges by source, kind and target.</summary>
    public IReadOnlyList<SystemEdge> Edges =>
        [.. _graph.Edges.OrderBy(edge => edge.Source.Kind).ThenBy(edge => edge.Source.Name, StringComparer.Ordinal)
            .ThenBy(edge => edge.Kind).ThenBy(edge => edge.Target.Kind).ThenBy(edge => edge.Target.Name, StringComparer.Ordinal)];

    /// <summary>Loads the graph of a project from <c>agents/*.yaml</c>, the tools, <c>skills/*/SKILL.md</c> and a workflow.</summary>
    /// <param name="projectRoot">The project's folder.</param>
    /// <param name="workflow">A workflow of the project, for its own agents and who hands over to whom.</param>
    /// <param name="options">The tools and the configuration.</param>
    /// <returns>The graph, or what is wrong with the agent files.</returns>
    public static LoadResult<SystemGraph> Load(string projectRoot, WorkflowDefinition? workflow = null, WorkflowLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(projectRoot);
        options = (options ?? new WorkflowLoadOptions()) with { ProjectRoot = Path.GetFullPath(projectRoot) };
        List<AgentDefinition> agents = [];
        List<Diagnostic> diagnostics = [];
        foreach (string file in ProjectFolder.YamlFiles(Path.Join(options.ProjectRoot, ProjectFolder.AgentsFolder)))
        {
            LoadResult<AgentDefinition> loaded = AgentLoader.Load(ProjectFolder.Display(file), options);
            diagnostics.AddRange(loaded.Diagnostics);
            if (loaded.Definition is { } agent)
                agents.Add(agent);
        }

        var builder = new SystemGraphBuilder(new ToolCatalog(options, workflow?.Tools), workflow?.Router.Tiers ?? options.Configuration?.Tiers ?? []);
        builder.AddSkills(ProjectSkills.Read(options.ProjectRoot).Usable);
        foreach (AgentDefinition agent in agents)
            builder.AddAgent(agent);
        if (workflow is not null)
            builder.AddWorkflow(workflow);
        return new LoadResult<SystemGraph>(builder.Build(), diagnostics);
    }

    /// <summary>Lists the agents that play a role.</summary>
    /// <param name="role">The role.</param>
    public IReadOnlyList<string> AgentsOf(string role) => Sources(new SystemVertex(SystemVertexKind.Role, role), SystemEdgeKind.Plays);

    /// <summary>Lists the tools that an agent may use; a source is listed by its tools where they are known.</summary>
    /// <param name="agent">The agent's name.</param>
    public IReadOnlyList<string> ToolsOf(string agent) => Targets(agent, SystemEdgeKind.MayUse, SystemVertexKind.Tool);

    /// <summary>Lists the tiers that may answer for an agent.</summary>
    /// <param name="agent">The agent's name.</param>
    public IReadOnlyList<string> TiersOf(string agent) => Targets(agent, SystemEdgeKind.MayUse, SystemVertexKind.Tier);

    /// <summary>Lists the skills that an agent may use.</summary>
    /// <param name="agent">The agent's name.</param>
    public IReadOnlyList<string> SkillsOf(string agent) => Targets(agent, SystemEdgeKind.MayUse, SystemVertexKind.Skill);

    /// <summary>Lists the agents that an agent's work goes to next, or may go to where a route node chooses.</summary>
    /// <param name="agent">The agent's name.</param>
    public IReadOnlyList<string> SuccessorsOf(string agent) =>
        [.. Targets(agent, SystemEdgeKind.HandsOverTo, SystemVertexKind.Agent)
            .Union(Targets(agent, SystemEdgeKind.MayHandOverTo, SystemVertexKind.Agent)).Order(StringComparer.Ordinal)];

    /// <summary>Lists the tools that provide a capability.</summary>
    /// <param name="capability">The capability.</param>
    public IReadOnlyList<string> ToolsFor(string capability) => Sources(new SystemVertex(SystemVertexKind.Capability, capability), SystemEdgeKind.Provides);

    private IReadOnlyList<string> Targets(string agent, SystemEdgeKind kind, SystemVertexKind target) =>
        _graph.TryGetOutEdges(new SystemVertex(SystemVertexKind.Agent, agent), out IEnumerable<SystemEdge>? edges)
            ? [.. edges.Where(edge => edge.Kind == kind && edge.Target.Kind == target).Select(edge => edge.Target.Name).Order(StringComparer.Ordinal)]
            : [];

    private IReadOnlyList<string> Sources(SystemVertex vertex, SystemEdgeKind kind) =>
        _graph.TryGetInEdges(vertex, out IEnumerable<SystemEdge>? edges)
            ? [.. edges.Where(edge => edge.Kind == kind).Select(edge => edge.Source.Name).Order(StringComparer.Ordinal)]
            : [];
}
