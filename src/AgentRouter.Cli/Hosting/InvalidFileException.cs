using AgentRouter.Workflows.Validation;

namespace AgentRouter.Cli.Hosting;

/// <summary>A file cannot be used; the diagnostics say why.</summary>
internal sealed class InvalidFileException(string file, IReadOnlyList<Diagnostic> diagnostics) : Exception($"{file} cannot be used.")
{
    /// <summary>Gets the file that was asked for.</summary>
    public string File { get; } = file;

    /// <summary>Gets everything that is wrong.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
