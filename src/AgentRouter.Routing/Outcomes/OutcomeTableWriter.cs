using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentRouter.Routing.Outcomes;

/// <summary>Writes outcome tables as JSON Lines.</summary>
public static class OutcomeTableWriter
{
    // text in tables is read by people; the file is JSON, not HTML
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a row as one line of JSON, without a line end.</summary>
    /// <param name="row">The row.</param>
    public static string Line(OutcomeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", row.Id);
            if (row.Group.Length > 0)
                json.WriteString("group", row.Group);
            if (row.Role is not null)
                json.WriteString("role", row.Role);
            if (row.Task != row.Id)
                json.WriteString("task", row.Task);
            if (row.Step != 1)
                json.WriteNumber("step", row.Step);
            if (row.Prompt is not null)
                json.WriteString("prompt", row.Prompt);
            if (row.IsVerified)
                json.WriteBoolean("verified", true);
            json.WriteStartObject("models");
            foreach ((string model, ModelOutcome outcome) in row.Models)
                Write(json, model, outcome);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string model, ModelOutcome outcome)
    {
        json.WriteStartObject(model);
        json.WriteNumber("score", outcome.Score);
        if (outcome.Cost is { } cost)
            json.WriteNumber("costUsd", cost.ToUsd());
        if (outcome.Calls is { } calls)
            json.WriteNumber("calls", calls);
        if (outcome.InputTokens is { } input)
            json.WriteNumber("inputTokens", input);
        if (outcome.OutputTokens is { } output)
            json.WriteNumber("outputTokens", output);
        if (outcome.Latency is { } latency)
            json.WriteNumber("latencyMs", latency.TotalMilliseconds);
        if (outcome.UsdPerMillionTokens is { } price)
            json.WriteNumber("usdPerMillionTokens", price);
        json.WriteEndObject();
    }
}
