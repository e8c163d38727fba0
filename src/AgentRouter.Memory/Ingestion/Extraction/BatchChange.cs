using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Makes the one change that a batch brings: its facts and topics with their episodes, and the marks of the episodes.</summary>
/// <param name="records">The records, which are only read.</param>
/// <param name="episodes">The episodes of the batch.</param>
/// <param name="now">The time, for facts of episodes that have none.</param>
internal sealed class BatchChange(IMemoryRecords records, IReadOnlyList<MemoryNode> episodes, DateTimeOffset now)
{
    private readonly FactVersions _versions = new(records);
    private readonly List<NewNode> _nodes = [];
    private readonly List<NewEdge> _edges = [];
    private readonly List<Supersession> _superseded = [];
    private readonly Dictionary<string, MemoryNode> _heldNow = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Gets how many facts are new.</summary>
    public int NewFacts { get; private set; }

    /// <summary>Gets how many of them take the place of others.</summary>
    public int Superseding { get; private set; }

    /// <summary>Gets how many facts were known.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Gets how many known facts hold no longer without another in their place.</summary>
    public int Corrected { get; private set; }

    /// <summary>Gets how many topics there are.</summary>
    public int Concepts { get; private set; }

    /// <summary>Takes what a model has said.</summary>
    /// <param name="answer">What it said.</param>
    /// <param name="known">The facts that it knew.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task AddAsync(BatchAnswer answer, IReadOnlyList<MemoryNode> known, CancellationToken cancellationToken)
    {
        foreach (ExtractedFact fact in answer.Facts)
            await AddAsync(fact, answer.Concepts, cancellationToken).ConfigureAwait(false);
        foreach (ExtractedConcept concept in answer.Concepts)
            Add(concept);
        foreach (Correction correction in answer.Corrections)
            Add(known[correction.Fact], correction, answer.Drops);
    }

    /// <summary>Gets the change.</summary>
    public MemoryChange ToChange() => new()
    {
        Nodes = _nodes,
        Edges = _edges,
        Superseded = _superseded,
        Marks = [.. episodes.Select(episode => new MemoryMark(Key(episode), ExtractionRecipes.Facts))],
    };

    private async Task AddAsync(ExtractedFact fact, IReadOnlyList<ExtractedConcept> concepts, CancellationToken cancellationToken)
    {
        DateTimeOffset said = SaidAt(fact.Episodes);
        string first = fact.About ?? FactVersions.KeyOf(fact.Text);
        MemoryNode? held = _heldNow.GetValueOrDefault(first) ?? await _versions.HeldAsync(first, fact.About is not null, cancellationToken).ConfigureAwait(false);
        bool isLate = held?.SaidAt > said && !FactVersions.AreSame(held.Text, fact.Text);
        MemoryNode? same = held is not null && FactVersions.AreSame(held.Text, fact.Text) ? held
            : isLate ? (await _versions.AllAsync(first, cancellationToken).ConfigureAwait(false)).FirstOrDefault(version => FactVersions.AreSame(version.Text, fact.Text)) : null;
        var key = new NodeKey(MemoryNodeKind.Fact, same?.Key ?? await _versions.FreeKeyAsync(first, _taken.Contains, cancellationToken).ConfigureAwait(false));
        var graph = new FactGraph(key, fact.Episodes.Select(episode => Key(episodes[episode])));
        if (same is null)
        {
            _taken.Add(key.Key);
            graph.Describe(fact.Text, said, fact.About, fact.Happened, isLate ? held!.SaidAt : null);
            Place(graph, first, held, isLate, said);
            NewFacts++;
        }
        else
        {
            Unchanged++;
        }

        foreach (ExtractedConcept concept in concepts.Where(concept => concept.Episodes.Intersect(fact.Episodes).Any()))
            graph.Mention(concept.Key, concept.Name);
        _nodes.AddRange(graph.Nodes);
        _edges.AddRange(graph.Edges);
    }

    // what was said later holds, whichever was learned first
    private void Place(FactGraph graph, string first, MemoryNode? held, bool isLate, DateTimeOffset said)
    {
        if (isLate)
        {
            graph.LeaveTo(held!.Key);
            return;
        }

        _heldNow[first] = graph.Nodes[0].Node;
        if (held is null)
            return;
        graph.Supersede(held.Key);
        _superseded.Add(new Supersession(Key(held), said));
        Superseding++;
    }

    private void Add(ExtractedConcept concept)
    {
        var key = new NodeKey(MemoryNodeKind.Concept, concept.Key);
        _nodes.Add(new NewNode(new MemoryNode { Kind = MemoryNodeKind.Concept, Key = concept.Key, Text = concept.Name }));
        foreach (int episode in concept.Episodes)
            _edges.Add(new NewEdge(Key(episodes[episode]), key, MemoryEdgeKind.Mentions, ImportEdges.Topic, ImportEdges.OfTopic));
        Concepts++;
    }

    // a statement that was made later is not corrected by what was said before it
    private void Add(MemoryNode fact, Correction correction, Drops drops)
    {
        DateTimeOffset said = SaidAt(correction.Episodes);
        if (fact.SaidAt > said)
        {
            drops.Add("a correction that is older than its fact");
            return;
        }

        NodeKey key = Key(fact);
        foreach (int episode in correction.Episodes)
            _edges.Add(new NewEdge(Key(episodes[episode]), key, MemoryEdgeKind.Contradicts, 1, ImportEdges.Supersedes));
        if (_superseded.Exists(superseded => superseded.Node == key))
            return;
        _superseded.Add(new Supersession(key, said));
        Corrected++;
    }

    private DateTimeOffset SaidAt(IReadOnlyList<int> from) => from.Max(episode => episodes[episode].SaidAt) ?? now;

    private static NodeKey Key(MemoryNode node) => new(node.Kind, node.Key);
}
