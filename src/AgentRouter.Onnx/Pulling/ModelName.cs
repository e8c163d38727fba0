using System.Text.RegularExpressions;
using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Pulling;

/// <summary>A model on a hub.</summary>
/// <param name="Id">Its owner and name.</param>
/// <param name="Revision">A branch, tag or commit; <see langword="null"/> when none is named.</param>
public sealed partial record ModelName(string Id, string? Revision)
{
    /// <summary>The branch that is meant when no revision is named.</summary>
    public const string MainRevision = "main";

    /// <summary>Gets the name without its owner.</summary>
    public string Name => Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads <c>OWNER/NAME</c> or <c>OWNER/NAME@REVISION</c>.</summary>
    /// <exception cref="ConfigurationException">The text is neither.</exception>
    public static ModelName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = Pattern().Match(text);
        if (!match.Success || text.Contains("..", StringComparison.Ordinal))
            throw new ConfigurationException($"'{text}' names no model. Write OWNER/NAME, such as sentence-transformers/all-MiniLM-L6-v2, or OWNER/NAME@REVISION.");
        return new ModelName(match.Groups["id"].Value, match.Groups["revision"] is { Success: true } revision ? revision.Value : null);
    }

    /// <inheritdoc/>
    public override string ToString() => Revision is null ? Id : $"{Id}@{Revision}";

    [GeneratedRegex(@"\A(?<id>[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95})(@(?<revision>[A-Za-z0-9][A-Za-z0-9._/-]{0,99}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
