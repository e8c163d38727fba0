using System.Runtime.InteropServices;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>What helps to rank one scope for a question.</summary>
internal sealed class RankingAid
{
    // concepts that are so near mean what the phrase means; what is below is noise
    private const float NearConcept = 0.5f;
    private const int ConceptsOfPhrase = 3;

    // a model that names something may be wrong in how it is called here, never in what it is
    private const float Named = 1;

    private RankingAid(EmbeddedQuestion? embedded, AnchoredNodes anchors, QuestionHints hints) => (Embedded, Anchors, Hints) = (embedded, anchors, hints);

    /// <summary>Gets how near the question's meaning is to nodes; <see langword="null"/> where there are no vectors.</summary>
    public EmbeddedQuestion? Embedded { get; }

    /// <summary>Gets the nodes that speak of what the question means.</summary>
    public AnchoredNodes Anchors { get; }

    /// <summary>Gets what is added to the question.</summary>
    public QuestionHints Hints { get; }

    /// <summary>Finds what helps in a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="index">Its index.</param>
    /// <param name="aid">What helps with the question.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What helps; <see langword="null"/> where nothing does.</returns>
    public static async Task<RankingAid?> OfAsync(OpenScope scope, MemoryIndex index, RecallAid aid, CancellationToken cancellationToken)
    {
        var concepts = new Dictionary<int, float>();
        QuestionHints hints = aid.Hints ?? new QuestionHints();
        foreach (string key in hints.Names.Select(name => EntityKeys.Name(name)).OfType<string>().Concat(hints.Phrases.SelectMany(TopicsOf)))
        {
            if (index.FindConcept(ConceptKeys.Number(key)) is { } concept)
                concepts[concept] = Named;
        }

        EmbeddedQuestion? embedded = null;
        if (aid.Vectors is not null && scope.Vectors is not null && await scope.Vectors.TakeAsync(index, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } nodes
            && await aid.Vectors.TakeAsync(cancellationToken).ConfigureAwait(false) is { } vectors)
        {
            embedded = new EmbeddedQuestion(nodes.Answers, vectors[0]);
            for (int i = 0; i < aid.Phrases.Count; i++)
            {
                if (aid.Phrases[i].Module == RecallModule.Temporal)
                    hints = EventDays.Of(index, new EmbeddedQuestion(nodes.Answers, vectors[i + 1])) is { } days ? hints with { Periods = [.. hints.Periods, days] } : hints;
                else
                    AddNear(index, nodes.Concepts, vectors[i + 1], aid.Phrases[i].Module == RecallModule.Entities, concepts);
            }
        }

        return embedded is null && aid.Hints is null ? null : new RankingAid(embedded, AnchoredNodes.Of(index, concepts), hints);
    }

    private static void AddNear(MemoryIndex index, EmbeddedRows rows, float[] vector, bool entities, Dictionary<int, float> concepts)
    {
        float[] cosines = rows.Compare(vector);
        var near = new List<int>();
        for (int row = 0; row < cosines.Length && rows.Ids[row] < index.EndId; row++)
        {
            IndexSegment segment = index.SegmentOf(rows.Ids[row]);
            int at = rows.Ids[row] - segment.FirstId;
            if (cosines[row] >= NearConcept && segment.Nodes.KindOf(at) == MemoryNodeKind.Concept && ConceptTypes.IsEntity(segment.Nodes.Lengths[at]) == entities)
                near.Add(row);
        }

        foreach (int row in TopNodes.Of(CollectionsMarshal.AsSpan(near), row => cosines[row], ConceptsOfPhrase))
            concepts[rows.Ids[row]] = Math.Max(concepts.GetValueOrDefault(rows.Ids[row]), cosines[row]);
    }

    private static IEnumerable<string> TopicsOf(string phrase)
    {
        var tokens = new List<Text.Tokens.TextToken>();
        var topics = new List<TopicPhrase>();
        Text.Tokens.TextTokens.Read(phrase, tokens);
        TopicPhrases.Find(phrase, tokens, topics);
        return topics.Select(topic => topic.Key);
    }
}
