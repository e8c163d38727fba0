using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentRouter.Workflows.Engine;

/// <summary>Values as text.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value for people and models: a text as it is, everything else as JSON, nothing as an empty text.</summary>
    public static string Plain(JsonNode? node) =>
        node is null ? "" : node is JsonValue value && value.TryGetValue(out string? text) ? text : node.ToJsonString(Relaxed);

    /// <summary>Writes a value as JSON.</summary>
    public static string Json(JsonNode? node) => node is null ? "null" : node.ToJsonString(Relaxed);
}
