namespace AgentRouter.Workflows.Validation;

/// <summary>How bad a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The definition cannot be used.</summary>
    Error,

    /// <summary>The definition can be used, but probably does not do what was meant.</summary>
    Warning,
}
