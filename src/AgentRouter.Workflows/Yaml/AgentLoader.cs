using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Loads agent files (<c>agents/</c>).</summary>
public static class AgentLoader
{
    /// <summary>Loads and checks an agent. Finds everything that is wrong, at once.</summary>
    /// <param name="path">The file; it is called by this name in diagnostics.</param>
    /// <param name="options">What it is checked against.</param>
    public static LoadResult<AgentDefinition> Load(string path, WorkflowLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var session = new LoadSession(options ?? new WorkflowLoadOptions());
        string full = Path.GetFullPath(path);
        AgentDefinition? agent = session.Agent(full, path);
        if (agent is not null)
        {
            var around = new WorkflowDefinition { Name = agent.Name, Nodes = [], ProjectRoot = session.RootOf(full) };
            // which graph there is, the workflow says
            var checks = new WorkflowChecks(around, session.Options, session.Diagnostics, session.Sources) { Tools = new ToolCatalog(session.Options) { TrustsCapabilities = true } };
            AgentCheck.Run(checks, agent, node: null, AgentCheck.SharedNames);
        }

        return new LoadResult<AgentDefinition>(agent, session.Diagnostics.InReadingOrder());
    }
}
