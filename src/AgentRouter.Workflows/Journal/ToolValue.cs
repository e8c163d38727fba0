using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Journal;

/// <summary>What a tool returned, or why it failed, as a journal keeps it. A run that is recorded works with what is kept, so that it sees
/// the same when it is done again.</summary>
internal static class ToolValue
{
    /// <summary>Writes an outcome.</summary>
    public static byte[] Write(ToolOutcome outcome)
    {
        JsonNode? node;
        try
        {
            node = outcome.Error is { } error ? JsonValue.Create(error) : ToolJson.Node(outcome.Value);
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            node = JsonValue.Create(ToolJson.Text(outcome.Value));
        }

        return JsonSerializer.SerializeToUtf8Bytes(node);
    }

    /// <summary>Reads an outcome: text stays text, everything else is a JSON element.</summary>
    /// <exception cref="JsonException">It is not what was written.</exception>
    public static ToolOutcome Read(ReadOnlySpan<byte> json, bool succeeded)
    {
        JsonElement element = JsonSerializer.Deserialize<JsonElement>(json);
        if (!succeeded)
            return new ToolOutcome(null, element.ValueKind == JsonValueKind.String ? element.GetString() : throw new JsonException("A failure is a text."));
        return new ToolOutcome(element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Null => null,
            _ => element,
        }, null);
    }
}
