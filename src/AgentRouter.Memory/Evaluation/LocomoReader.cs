using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;
using AgentRouter.Memory.Ingestion;

namespace AgentRouter.Memory.Evaluation;

/// <summary>Reads conversations with questions in the form of LoCoMo: JSON Lines, a conversation each. docs/memory.md gives the format.</summary>
/// <remarks>A. Maharana et al., "Evaluating very long-term conversational memory of LLM agents", 2024. Only turns are read: summaries and observations, which a model
/// wrote, are not. A question whose evidence names no turn that is there is left out, as its authors do.</remarks>
internal static class LocomoReader
{
    private const string TimeFormat = "h:mm tt 'on' d MMMM, yyyy";

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">A line cannot be used; the message says where and why.</exception>
    public static async Task<IReadOnlyList<EvidenceSet>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var sets = new List<EvidenceSet>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
            sets.Add(Conversation(line, location));
        return sets.Count > 0 ? sets : throw new ConfigurationException($"There is no conversation in {path}. It has one JSON object a line; docs/memory.md shows one.");
    }

    private static EvidenceSet Conversation(JsonElement line, string location)
    {
        string name = EvidenceJson.OptionalText(line, "sample_id") ?? location;
        var sources = new List<MemorySource>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, JsonElement> session in EvidenceJson.List(line, "turns", location).GroupBy(turn => SessionOf(turn, location)))
        {
            string key = "session-" + session.Key;
            string? time = EvidenceJson.OptionalText(session.First(), "date_time");
            MemoryItem[] items = [.. session.Select(turn => Turn(turn, location))];
            keys.UnionWith(items.Select(item => item.Key!));
            sources.Add(new MemorySource { Key = key, Time = time is null ? null : Time(time, location), Items = items });
        }

        EvidenceQuestion[] questions = [.. EvidenceJson.List(line, "qa", location).Select(qa => Question(qa, keys, location)).Where(question => question.Evidence.Count > 0)];
        return new EvidenceSet(name, sources, questions);
    }

    private static string SessionOf(JsonElement turn, string location) =>
        turn.TryGetProperty("session", out JsonElement session) && session.ValueKind == JsonValueKind.Number ? session.GetRawText() : throw new ConfigurationException($"{location}: a turn needs a 'session', a number.");

    private static MemoryItem Turn(JsonElement turn, string location)
    {
        string? attachment = string.Join('\n', ((string?[])[EvidenceJson.OptionalText(turn, "image_caption"), EvidenceJson.OptionalText(turn, "image_query")]).OfType<string>());
        return new MemoryItem
        {
            Key = EvidenceJson.Text(turn, "dia_id", location),
            Speaker = EvidenceJson.Text(turn, "speaker", location),
            Text = EvidenceJson.OptionalText(turn, "text") ?? "",
            Attachment = attachment.Length == 0 ? null : attachment,
        };
    }

    private static EvidenceQuestion Question(JsonElement qa, HashSet<string> keys, string location) => new(
        EvidenceJson.OptionalText(qa, "qid") ?? EvidenceJson.Text(qa, "question", location),
        EvidenceJson.Text(qa, "question", location),
        EvidenceJson.OptionalText(qa, "category_name") ?? "questions",
        EvidenceJson.Texts(qa, "evidence", location).Where(keys.Contains).ToHashSet(StringComparer.Ordinal));

    private static DateTimeOffset Time(string text, string location) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time)
        || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            ? time
            : throw new ConfigurationException($"{location}: '{text}' is no time. Write 1:56 pm on 8 May, 2023 or 2023-05-08T13:56:00Z.");
}
