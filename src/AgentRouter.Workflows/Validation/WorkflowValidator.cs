using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks workflows that were made in C#. The loader has checked those from YAML.</summary>
public static class WorkflowValidator
{
    /// <summary>Finds everything that is wrong with a workflow, at once. No provider, tool or server is contacted.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="options">What it is checked against.</param>
    /// <returns>Errors and warnings; empty when there is nothing to say.</returns>
    public static IReadOnlyList<Diagnostic> Validate(WorkflowDefinition workflow, WorkflowLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var diagnostics = new DiagnosticBag();
        new WorkflowChecks(workflow, options ?? new WorkflowLoadOptions(), diagnostics, new SourceMap()).Run();
        return diagnostics.InReadingOrder();
    }
}
