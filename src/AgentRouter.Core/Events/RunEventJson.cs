using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRouter.Events;

/// <summary>Events as JSON, one a line.</summary>
public static class RunEventJson
{
    /// <summary>Writes an event as one line of JSON, without a line end.</summary>
    /// <param name="runEvent">The event.</param>
    public static string Serialize(RunEvent runEvent) => JsonSerializer.Serialize(runEvent, RunEventJsonContext.Relaxed.RunEvent);

    /// <summary>Reads an event from a line of JSON.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="JsonException">The line is not an event of a known kind.</exception>
    public static RunEvent Deserialize(string line) =>
        JsonSerializer.Deserialize(line, RunEventJsonContext.Relaxed.RunEvent) ?? throw new JsonException("The line holds no event.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunEvent))]
internal sealed partial class RunEventJsonContext : JsonSerializerContext
{
    // text in events is shown to people who read the file; the file is JSON, not HTML
    public static RunEventJsonContext Relaxed =>
        field ??= new RunEventJsonContext(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
