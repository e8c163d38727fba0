using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;
using AgentRouter.JsonLines;

namespace AgentRouter.Memory.Ingestion.Readers;

/// <summary>Reads conversations from JSON Lines, plain or gzip: a turn a line, <c>{"speaker","text","time"}</c> or <c>{"role","content"}</c>; or from JSON, a list of
/// such turns, also as the <c>messages</c> of an object.</summary>
public static class ConversationReader
{
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Reads a conversation.</summary>
    /// <param name="key">The key of the source.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">The file is missing, damaged or too long, or a line is no turn; the message says where.</exception>
    public static async Task<MemorySource> ReadAsync(string key, string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
            throw new ConfigurationException($"There is no file {path}. Name a file of JSON Lines, a turn of the conversation a line.");
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return new MemorySource { Key = key, Items = await ListAsync(path, cancellationToken).ConfigureAwait(false) };
        var turns = new List<MemoryItem>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (turns.Count == ImportLimits.Items)
                throw new ConfigurationException($"{location}: a conversation has at most {ImportLimits.Items:N0} turns. Split the file.");
            turns.Add(Turn(line, location));
        }

        return new MemorySource { Key = key, Items = turns };
    }

    private static async Task<IReadOnlyList<MemoryItem>> ListAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > MostBytes)
            throw new ConfigurationException($"{path}: a conversation in JSON has at most {MostBytes / 1024 / 1024} MiB. Write a turn a line, as JSON Lines.");
        await using Stream file = new Utf8Stream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true), path);
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(file, new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellationToken).ConfigureAwait(false);
            JsonElement list = document.RootElement;
            if (list.ValueKind == JsonValueKind.Object && list.TryGetProperty("messages", out JsonElement messages))
                list = messages;
            if (list.ValueKind != JsonValueKind.Array)
                throw new ConfigurationException($"{path}: a conversation is a list of turns, or an object with 'messages', not {JsonLinesFile.Kind(list)}.");
            if (list.GetArrayLength() > ImportLimits.Items)
                throw new ConfigurationException($"{path}: a conversation has at most {ImportLimits.Items:N0} turns. Split the file.");
            return [.. list.EnumerateArray().Select((turn, place) => Turn(turn, string.Create(CultureInfo.InvariantCulture, $"{path}: turn {place + 1}")))];
        }
        catch (JsonException error)
        {
            throw new ConfigurationException($"{path}:{error.LineNumber + 1}: this is not JSON.", error);
        }
    }

    private static MemoryItem Turn(JsonElement line, string location) => line.ValueKind != JsonValueKind.Object ? throw new ConfigurationException($"{location} is not an object but {JsonLinesFile.Kind(line)}.") : new()
    {
        Key = Text(line, "id", location),
        Speaker = Text(line, "speaker", location) ?? Text(line, "role", location),
        Text = Text(line, "text", location) ?? Content(line, location)
            ?? throw new ConfigurationException($"{location}: a turn needs a 'text' (or 'content'), and may have 'speaker' (or 'role'), 'time', 'title', 'attachment' and 'id'."),
        Title = Text(line, "title", location),
        Attachment = Text(line, "attachment", location),
        Time = Time(line, location),
    };

    // a text, or parts of which some have a text
    private static string? Content(JsonElement line, string location)
    {
        if (!line.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.Array)
            return line.TryGetProperty("content", out content) && content.ValueKind == JsonValueKind.Null ? "" : Text(line, "content", location);
        return string.Join('\n', content.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Object).Select(part => Text(part, "text", location)).OfType<string>());
    }

    private static string? Text(JsonElement line, string name, string location)
    {
        if (!line.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new ConfigurationException($"{location}: '{name}' is a text, not {JsonLinesFile.Kind(value)}.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException error)
        {
            throw new ConfigurationException($"{location}: '{name}' holds half a character, such as \\ud83d alone. Write it whole.", error);
        }
    }

    private static DateTimeOffset? Time(JsonElement line, string location)
    {
        if (Text(line, "time", location) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new ConfigurationException($"{location}: 'time' is a date and time such as 2026-05-07T14:30:00Z, not '{(text.Length <= 60 ? text : text[..60] + "…")}'.");
    }
}
