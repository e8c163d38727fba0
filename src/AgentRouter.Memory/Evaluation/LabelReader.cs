using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Memory.Evaluation;

/// <summary>Reads questions of your own with what answered them: JSON Lines of <c>{"question":…, "evidence":[keys], "askedAt":…}</c>.</summary>
internal static class LabelReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">A line cannot be used; the message says where and why.</exception>
    public static async Task<IReadOnlyList<EvidenceQuestion>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var questions = new List<EvidenceQuestion>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            var evidence = EvidenceJson.Texts(line, "evidence", location).ToHashSet(StringComparer.Ordinal);
            if (evidence.Count == 0)
                throw new ConfigurationException($"{location}: 'evidence' names nothing. Name the keys of what answered the question, as 'agentrouter memory ask --json' shows them.");
            questions.Add(new EvidenceQuestion(location, EvidenceJson.Text(line, "question", location), "labels", evidence) { AskedAt = AskedAt(line, location) });
        }

        return questions;
    }

    private static DateTimeOffset? AskedAt(JsonElement line, string location)
    {
        if (EvidenceJson.OptionalText(line, "askedAt") is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time : throw new ConfigurationException($"{location}: '{text}' is no time. Write 2026-05-08T13:56:00Z.");
    }
}
