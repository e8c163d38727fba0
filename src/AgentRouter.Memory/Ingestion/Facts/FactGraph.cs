using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Ingestion.Facts;

/// <summary>Makes the node of a fact and its edges.</summary>
internal sealed class FactGraph
{
    /// <summary>What the keys of subjects begin with: the concepts that all versions of a fact are about.</summary>
    public const string SubjectType = "subject:";

    private readonly NodeKey _fact;
    private readonly HashSet<string> _concepts = new(StringComparer.Ordinal);

    /// <summary>Makes the edges to the episodes that a fact comes from.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="from">The episodes.</param>
    public FactGraph(NodeKey fact, IEnumerable<NodeKey> from)
    {
        _fact = fact;
        Edges.AddRange(from.Select(episode => new NewEdge(fact, episode, MemoryEdgeKind.DerivedFrom, 1, ImportEdges.DerivedFrom)));
    }

    /// <summary>Gets the nodes, the fact first.</summary>
    public List<NewNode> Nodes { get; } = [];

    /// <summary>Gets the edges.</summary>
    public List<NewEdge> Edges { get; } = [];

    /// <summary>Gets whether there is nothing to write.</summary>
    public bool IsEmpty => Nodes.Count == 0 && Edges.Count == 0;

    /// <summary>Makes the name of what a fact is about: plain words, parted by slashes; empty where nothing is left of it.</summary>
    public static string SubjectOf(string about) => string.Join('/', about.Split('/').Select(part => CanonicalText.OfName(part)).Where(part => part.Length > 0));

    /// <summary>Adds the fact itself, its subject and what it names.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="time">When it was said.</param>
    /// <param name="about">What it is about, if that is known.</param>
    /// <param name="happened">When it happened; where it is not given, the first time that the text names.</param>
    /// <param name="heldUntil">Until when it held, where that is over.</param>
    public void Describe(string text, DateTimeOffset time, string? about, MemoryPeriod? happened = null, DateTimeOffset? heldUntil = null)
    {
        var reading = new ItemReading();
        new ItemReader().Read(text, DateOnly.FromDateTime(time.DateTime), reading);
        Nodes.Add(new NewNode(new MemoryNode
        {
            Kind = MemoryNodeKind.Fact,
            Key = _fact.Key,
            Text = text,
            Title = about,
            SaidAt = time,
            Happened = happened ?? reading.Times.Find(named => named.Period is not null).Period,
            HeldUntil = heldUntil,
        })
        { MustBeNew = true });
        if (about is not null)
        {
            Link(SubjectType + about, about, MemoryEdgeKind.About, ImportEdges.Title, ImportEdges.About);
            // anna/favourite tea is about Anna
            if (about.IndexOf('/', StringComparison.Ordinal) is > 0 and var end && EntityKeys.Name(about.AsSpan(0, end)) is { } name)
                Link(name, about[..end], MemoryEdgeKind.About, ImportEdges.Title, ImportEdges.About);
        }

        foreach (Entity entity in reading.Entities.Take(ImportLimits.ConceptsOfItem))
            Link(entity.Key, text.Substring(entity.Start, entity.Length), MemoryEdgeKind.Mentions, ImportEdges.Weight(entity.Kind), ImportEdges.Relation(entity.Kind));
    }

    /// <summary>Links it to a topic.</summary>
    public void Mention(string topic, string name) => Link(topic, name, MemoryEdgeKind.Mentions, ImportEdges.Topic, ImportEdges.OfTopic);

    /// <summary>Takes the place of an older fact.</summary>
    public void Supersede(string older) => Supersede(_fact, new NodeKey(MemoryNodeKind.Fact, older));

    /// <summary>Leaves its place to a newer fact, which was known before.</summary>
    public void LeaveTo(string newer) => Supersede(new NodeKey(MemoryNodeKind.Fact, newer), _fact);

    private void Supersede(NodeKey newer, NodeKey older)
    {
        Edges.Add(new NewEdge(newer, older, MemoryEdgeKind.Supersedes, 1, ImportEdges.Supersedes));
        Edges.Add(new NewEdge(newer, older, MemoryEdgeKind.Contradicts, 1, ImportEdges.Supersedes));
    }

    private void Link(string concept, string name, MemoryEdgeKind kind, float weight, MemoryRelation relation)
    {
        if (!_concepts.Add(concept))
            return;
        Nodes.Add(new NewNode(new MemoryNode { Kind = MemoryNodeKind.Concept, Key = concept, Text = name }));
        Edges.Add(new NewEdge(_fact, new NodeKey(MemoryNodeKind.Concept, concept), kind, weight, relation));
    }
}
