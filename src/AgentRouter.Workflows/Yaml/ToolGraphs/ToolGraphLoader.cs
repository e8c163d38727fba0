using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>Loads tool graphs (<c>graphs/tools/</c>): tools, what they provide and need, and the goals that are reached over them.</summary>
public static class ToolGraphLoader
{
    /// <summary>Loads and checks a tool graph. Finds everything that is wrong, at once. No tool or server is contacted. Tools that
    /// nothing is known of are a warning: they may be functions of an application.</summary>
    /// <param name="path">The file; it is called by this name in diagnostics.</param>
    /// <param name="options">The tools that it is checked against.</param>
    public static LoadResult<CapabilityGraph> Load(string path, WorkflowLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var session = new LoadSession(options ?? new WorkflowLoadOptions());
        CapabilityGraph? graph = session.ToolGraph(Path.GetFullPath(path), path) is { } part ? new ToolGraphAssembly(session).Build([part], isAlone: true) : null;
        return new LoadResult<CapabilityGraph>(graph, session.Diagnostics.InReadingOrder());
    }
}
