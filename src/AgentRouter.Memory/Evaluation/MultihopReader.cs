using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;
using AgentRouter.Memory.Ingestion;

namespace AgentRouter.Memory.Evaluation;

/// <summary>Reads passages and questions that need several of them: a folder with <c>corpus.jsonl</c> and <c>questions*.jsonl</c>, plain or <c>.gz</c>. docs/memory.md gives the format.</summary>
internal static class MultihopReader
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="withTitles">Whether passages keep their titles.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">A file is missing, or a line cannot be used; the message says where and why.</exception>
    public static async Task<EvidenceSet> ReadAsync(string folder, bool withTitles, CancellationToken cancellationToken)
    {
        var sources = new List<MemorySource>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(Find(folder, "corpus"), cancellationToken).ConfigureAwait(false))
        {
            string id = EvidenceJson.Text(line, "doc_id", location);
            if (!keys.Add(id))
                throw new ConfigurationException($"{location}: there is a passage '{id}' already.");
            var item = new MemoryItem { Key = id, Text = EvidenceJson.OptionalText(line, "text") ?? "", Title = withTitles ? EvidenceJson.OptionalText(line, "title") : null };
            sources.Add(new MemorySource { Key = id, Title = item.Title, Items = [item] });
        }

        var questions = new List<EvidenceQuestion>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(Find(folder, "questions"), cancellationToken).ConfigureAwait(false))
        {
            var evidence = EvidenceJson.Texts(line, "gold", location).ToHashSet(StringComparer.Ordinal);
            if (evidence.FirstOrDefault(id => !keys.Contains(id)) is { } missing)
                throw new ConfigurationException($"{location}: the passage '{missing}' is not in the corpus.");
            string text = EvidenceJson.Text(line, "question", location);
            questions.Add(new EvidenceQuestion(EvidenceJson.OptionalText(line, "qid") ?? text, text, Hops(line), evidence));
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return questions.Count > 0 ? new EvidenceSet(name, sources, questions) : throw new ConfigurationException($"There is no question in {folder}.");
    }

    private static string Hops(JsonElement line) => line.TryGetProperty("n_hops", out JsonElement hops) && hops.ValueKind == JsonValueKind.Number ? hops.GetRawText() + " hops" : "questions";

    private static string Find(string folder, string name)
    {
        if (!Directory.Exists(folder))
            throw new ConfigurationException($"There is no folder {folder}.");
        string[] found = [.. ((string[])["*.jsonl", "*.jsonl.gz"]).SelectMany(pattern => Directory.GetFiles(folder, name + pattern)).Order(StringComparer.Ordinal)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ConfigurationException($"There is no {name}.jsonl, {name}.jsonl.gz or other {name}*.jsonl in {folder}."),
            _ => throw new ConfigurationException($"There are several files of {name} in {folder}: {string.Join(", ", found.Select(Path.GetFileName))}. Leave one."),
        };
    }
}
