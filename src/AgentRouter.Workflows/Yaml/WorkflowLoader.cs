using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Loads workflow files (<c>graphs/</c>).</summary>
public static class WorkflowLoader
{
    /// <summary>Loads and checks a workflow, with the agents and workflows that it names. Finds everything that is wrong, at
    /// once. No provider, tool or server is contacted.</summary>
    /// <param name="path">The file; it is called by this name in diagnostics.</param>
    /// <param name="options">What it is checked against.</param>
    public static LoadResult<WorkflowDefinition> Load(string path, WorkflowLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var session = new LoadSession(options ?? new WorkflowLoadOptions());
        WorkflowDefinition? workflow = session.Workflow(Path.GetFullPath(path), path);
        return new LoadResult<WorkflowDefinition>(workflow, session.Diagnostics.InReadingOrder());
    }
}
