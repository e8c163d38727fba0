using System.Globalization;

namespace AgentRouter.Workflows.Definitions;

/// <summary>Where something was written.</summary>
/// <param name="File">The file as it was named, or <see langword="null"/> for a definition made in C#.</param>
/// <param name="Line">The line, from 1; 0 when unknown.</param>
/// <param name="Column">The column, from 1; 0 when unknown.</param>
public readonly record struct SourceLocation(string? File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (File ?? "(code)") + (Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{Line}:{Column}"));
}
