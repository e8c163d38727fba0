using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Collects diagnostics.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _all = [];

    public bool HasErrors => _all.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public void Error(SourceLocation location, string message, string? suggestion = null) =>
        _all.Add(new Diagnostic(DiagnosticSeverity.Error, location, message, suggestion));

    public void Warning(SourceLocation location, string message, string? suggestion = null) =>
        _all.Add(new Diagnostic(DiagnosticSeverity.Warning, location, message, suggestion));

    /// <summary>Lists everything in reading order: by file as first met, then by line and column; each thing once.</summary>
    public IReadOnlyList<Diagnostic> InReadingOrder()
    {
        var files = new Dictionary<string, int>();
        foreach (Diagnostic diagnostic in _all)
            files.TryAdd(diagnostic.Location.File ?? "", files.Count);
        return [.. _all.Distinct()
            .OrderBy(diagnostic => files[diagnostic.Location.File ?? ""])
            .ThenBy(diagnostic => diagnostic.Location.Line)
            .ThenBy(diagnostic => diagnostic.Location.Column)];
    }
}
