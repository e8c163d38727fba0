using AgentRouter.Configuration;

namespace AgentRouter.Workflows.Validation;

/// <summary>What came of loading a file.</summary>
/// <typeparam name="T">What the file defines.</typeparam>
public sealed class LoadResult<T>
    where T : class
{
    internal LoadResult(T? definition, IReadOnlyList<Diagnostic> diagnostics)
    {
        Diagnostics = diagnostics;
        Succeeded = definition is not null && !diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Definition = Succeeded ? definition : null;
    }

    /// <summary>Gets the definition, or <see langword="null"/> when there is any error.</summary>
    public T? Definition { get; }

    /// <summary>Gets everything that is wrong, errors and warnings, in reading order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Gets a value indicating whether there is no error.</summary>
    public bool Succeeded { get; }

    /// <summary>Gets the definition or throws.</summary>
    /// <exception cref="ConfigurationException">There are errors; the message lists them, one a line.</exception>
    public T OrThrow() => Definition ?? throw new ConfigurationException(
        string.Join('\n', Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
}
