using System.Text.Json;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Reads what a model says of a batch: what has no episode of the batch, is too long or too much is left out.</summary>
/// <param name="batch">The batch.</param>
internal sealed class BatchAnswerReader(BatchReading batch)
{
    private readonly ConceptNames _names = new(batch.Episodes.Select(episode => episode.Speaker).OfType<string>());

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">It is no answer; the message says why.</exception>
    public BatchAnswer Read(string answer)
    {
        using JsonDocument document = AnswerJson.Parse(answer);
        JsonElement root = document.RootElement;
        var drops = new Drops();
        List<ExtractedFact> facts = [];
        foreach (JsonElement fact in Bounded(AnswerJson.List(root, "facts", isRequired: true), ExtractionLimits.Facts, "a fact beyond the most of an answer", drops))
        {
            if (Fact(fact, drops) is { } read)
                facts.Add(read);
        }

        return new BatchAnswer(facts, Concepts(root, drops), Corrections(root, drops), drops);
    }

    private ExtractedFact? Fact(JsonElement fact, Drops drops)
    {
        string? text = AnswerJson.Text(fact, "text");
        IReadOnlyList<int> episodes = Episodes(fact);
        if (text is null)
            drops.Add("a fact without a text");
        else if (text.Length > ExtractionLimits.TextLength)
            drops.Add("a fact that is too long");
        else if (episodes.Count == 0)
            drops.Add("a fact without an episode");
        else
            return new ExtractedFact(text, About(fact), Happened(fact), episodes);
        return null;
    }

    private List<ExtractedConcept> Concepts(JsonElement root, Drops drops)
    {
        var concepts = new Dictionary<string, ExtractedConcept>(StringComparer.Ordinal);
        int[] ofEpisode = new int[batch.Episodes.Count];
        foreach (JsonElement concept in Bounded(AnswerJson.List(root, "concepts"), ExtractionLimits.Concepts, "a concept beyond the most of an answer", drops))
        {
            if (AnswerJson.Text(concept, "name") is not { } name)
            {
                drops.Add("a concept without a name");
                continue;
            }

            if (_names.KeyOf(name, out string reason) is not { } key)
            {
                drops.Add(reason);
                continue;
            }

            IReadOnlyList<int> episodes = [.. Episodes(concept).Where(episode => ofEpisode[episode]++ < ExtractionLimits.ConceptsOfEpisode)];
            if (episodes.Count == 0)
                drops.Add("a concept without an episode");
            else if (!concepts.TryAdd(key, new ExtractedConcept(key, name, episodes)))
                concepts[key] = concepts[key] with { Episodes = [.. concepts[key].Episodes.Union(episodes)] };
        }

        return [.. concepts.Values];
    }

    private List<Correction> Corrections(JsonElement root, Drops drops)
    {
        List<Correction> corrections = [];
        foreach (JsonElement correction in Bounded(AnswerJson.List(root, "corrections"), ExtractionLimits.Corrections, "a correction beyond the most of an answer", drops))
        {
            int fact = AnswerJson.Number(correction, "fact");
            IReadOnlyList<int> episodes = Episodes(correction);
            if (fact < 1 || fact > batch.Known.Count || episodes.Count == 0)
                drops.Add("a correction without a known fact and an episode");
            else
                corrections.Add(new Correction(fact - 1, episodes));
        }

        return corrections;
    }

    // a part more than the name of somebody: what stands for one value only can take the place of another
    private static string? About(JsonElement fact)
    {
        if (AnswerJson.Text(fact, "about") is not { Length: <= ExtractionLimits.AboutLength } about)
            return null;
        string subject = FactGraph.SubjectOf(about);
        return subject.Contains('/', StringComparison.Ordinal) ? subject : null;
    }

    private static MemoryPeriod? Happened(JsonElement fact) => AnswerJson.Text(fact, "happened") is { } days ? EntityKeys.PeriodOf(EntityKeys.DatePrefix + days) : null;

    private IReadOnlyList<int> Episodes(JsonElement owner) => [.. AnswerJson.Numbers(owner, "episodes", batch.Episodes.Count).Select(number => number - 1)];

    private static IEnumerable<JsonElement> Bounded(IEnumerable<JsonElement> elements, int most, string reason, Drops drops)
    {
        int count = 0;
        foreach (JsonElement element in elements)
        {
            if (++count <= most)
                yield return element;
        }

        drops.Add(reason, count - most);
    }
}
