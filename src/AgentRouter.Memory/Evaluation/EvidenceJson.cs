using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Memory.Evaluation;

/// <summary>Reads values of the lines of evaluation files.</summary>
internal static class EvidenceJson
{
    /// <summary>Gets a text.</summary>
    /// <exception cref="ConfigurationException">There is none by that name.</exception>
    public static string Text(JsonElement line, string name, string location) => OptionalText(line, name) ?? throw new ConfigurationException($"{location}: '{name}' is missing, a text.");

    /// <summary>Gets a text, or <see langword="null"/> where there is none by that name or it is empty.</summary>
    public static string? OptionalText(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Gets the items of a list.</summary>
    /// <exception cref="ConfigurationException">There is none by that name.</exception>
    public static IReadOnlyList<JsonElement> List(JsonElement line, string name, string location)
    {
        if (!line.TryGetProperty(name, out JsonElement list))
            throw new ConfigurationException($"{location}: '{name}' is missing, a list.");
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : throw new ConfigurationException($"{location}: '{name}' is a list, not {JsonLinesFile.Kind(list)}.");
    }

    /// <summary>Gets the texts of a list; what is no text is left out.</summary>
    public static IEnumerable<string> Texts(JsonElement line, string name, string location) =>
        List(line, name, location).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);
}
