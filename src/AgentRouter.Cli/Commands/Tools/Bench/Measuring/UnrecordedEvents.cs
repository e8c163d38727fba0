using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>Writes events of work that no run records: without the place in a record, which they do not have.</summary>
internal sealed class UnrecordedEvents : JsonConverter<IReadOnlyList<RunEvent>>
{
    private static readonly string[] OfRecords = [nameof(RunEvent.Sequence), nameof(RunEvent.Time), nameof(RunEvent.RunId)];

    /// <inheritdoc/>
    public override IReadOnlyList<RunEvent> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Reports are written only.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RunEvent> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (RunEvent happened in value)
        {
            JsonObject written = JsonSerializer.SerializeToNode(happened, options)!.AsObject();
            foreach (string name in OfRecords)
                written.Remove(options.PropertyNamingPolicy?.ConvertName(name) ?? name);
            written.WriteTo(writer, options);
        }

        writer.WriteEndArray();
    }
}
