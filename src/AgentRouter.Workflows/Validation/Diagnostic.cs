using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Something that is wrong with a file or a definition.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Suggestion">What to do, as a sentence; <see langword="null"/> where the message says it all.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, SourceLocation Location, string Message, string? Suggestion = null)
{
    /// <summary>Writes the diagnostic on one line, as compilers do: <c>graphs/a.yaml:3:7: error: …</c></summary>
    public override string ToString() =>
        $"{Location}: {(Severity == DiagnosticSeverity.Error ? "error" : "warning")}: {Message}{(Suggestion is null ? "" : " " + Suggestion)}";
}
