using System.Text;
using System.Text.Json;

namespace AgentRouter.Skills.Evaluation;

/// <summary>Reads values of a pool's lines.</summary>
internal static class PoolJson
{
    private const int MaxDepth = 8;

    /// <summary>Gets a text, or <see langword="null"/> when there is none by that name.</summary>
    public static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Puts all texts and names of a value together, such as the names, descriptions and values of a JSON schema.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">What is added to.</param>
    public static void Collect(JsonElement value, StringBuilder text) => Collect(value, text, 0);

    private static void Collect(JsonElement value, StringBuilder text, int depth)
    {
        if (depth > MaxDepth)
            return;
        if (value.ValueKind == JsonValueKind.String)
        {
            text.Append(value.GetString()).Append('\n');
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
                Collect(item, text, depth + 1);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                // the words of the schema language say nothing of the tool
                if (property.Name is "type" or "$schema" or "required" or "additionalProperties" or "format")
                    continue;
                if (property.Name is not ("properties" or "description" or "items" or "enum" or "default" or "title" or "anyOf" or "oneOf" or "allOf"))
                    text.Append(property.Name).Append('\n');
                Collect(property.Value, text, depth + 1);
            }
        }
    }
}
