using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Ingestion;

/// <summary>Makes nodes and edges of the items of a source, one after the other, the known ones too: they tell what the new ones are linked to.</summary>
internal sealed class SourceGraph(MemorySource source)
{
    private const string TitleSign = " > ";

    private readonly NodeKey _source = new(MemoryNodeKind.Source, source.Key);
    private readonly ItemReader _reader = new();
    private readonly SourceTopics _topics = new();
    private readonly List<(string Key, string Name)> _speakers = [];
    private readonly HashSet<string> _concepts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Concept, MemoryEdgeKind Kind), int> _ofEpisode = [];
    private readonly HashSet<(string Episode, string Topic)> _backLinks = [];
    private ItemReading _reading = new();
    private ItemReading _readingBefore = new();
    private (CheckedItem Item, string Key, bool IsNew)? _before;

    /// <summary>Gets the nodes of the new items and their concepts.</summary>
    public List<NewNode> Nodes { get; } = [];

    /// <summary>Gets the edges of the new items.</summary>
    public List<NewEdge> Edges { get; } = [];

    /// <summary>Adds the next item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="key">The key of its episode.</param>
    /// <param name="isNew">Whether it is to be written; otherwise it is known.</param>
    public void Add(CheckedItem item, string key, bool isNew)
    {
        string text = item.Item.Text;
        DateOnly? saidOn = item.Item.Time is { } time ? DateOnly.FromDateTime(time.DateTime) : null;
        if (isNew)
            _reader.Read(text, saidOn, _reading);
        else
            _reader.ReadTopics(text, _reading);
        string? speaker = item.Item.Speaker is { } name ? EntityKeys.Name(name) : null;
        if (speaker is not null && _speakers.Count <= 2 && !_speakers.Exists(known => known.Key == speaker))
            _speakers.Add((speaker, item.Item.Speaker!));
        IReadOnlyList<TopicPhrase> topics = _topics.Choose(_reading.Topics, key);
        if (isNew)
            Write(item, key, speaker, topics);
        if (_before is { } before && (isNew || before.IsNew))
            WriteNext(before.Item, before.Key, item, key);
        _before = (item, key, isNew);
        (_reading, _readingBefore) = (_readingBefore, _reading);
    }

    private void Write(CheckedItem item, string key, string? speaker, IReadOnlyList<TopicPhrase> topics)
    {
        var episode = new NodeKey(MemoryNodeKind.Episode, key);
        Nodes.Add(new NewNode(Node(item, key), item.Hash));
        Edges.Add(new NewEdge(episode, _source, MemoryEdgeKind.PartOf, 1, ImportEdges.PartOf));
        _ofEpisode.Clear();
        WriteSubject(episode, item.Item, speaker);
        WriteSpeakers(episode, item.Item, speaker);
        foreach (Entity entity in _reading.Entities)
            Link(episode, entity.Key, Name(item.Item.Text, entity.Start, entity.Length), MemoryEdgeKind.Mentions, ImportEdges.Weight(entity.Kind), ImportEdges.Relation(entity.Kind));
        foreach (TopicPhrase topic in topics)
            WriteTopic(episode, item.Item.Text, topic);
    }

    private MemoryNode Node(CheckedItem item, string key) => new()
    {
        Kind = MemoryNodeKind.Episode,
        Key = key,
        Text = item.Item.Text,
        Title = item.Item.Title,
        Attachment = item.Item.Attachment,
        Speaker = item.Item.Speaker,
        SaidAt = item.Item.Time,
        Happened = _reading.Times.Find(time => time.Period is not null).Period,
        Position = item.Place,
    };

    // a title such as "Guide > Setup" is about Setup, and a little about Guide
    private void WriteSubject(NodeKey episode, MemoryItem item, string? speaker)
    {
        if (item.Title is { } title)
        {
            string[] parts = title.Split(TitleSign, StringSplitOptions.RemoveEmptyEntries);
            for (int part = parts.Length - 1; part >= 0; part--)
            {
                if (EntityKeys.Title(parts[part]) is { } key)
                    Link(episode, key, parts[part], MemoryEdgeKind.About, part == parts.Length - 1 ? ImportEdges.Title : ImportEdges.UpperTitle, ImportEdges.About);
            }
        }
        else if (speaker is null)
        {
            WriteDerivedSubject(episode, item.Text);
        }
    }

    private void WriteDerivedSubject(NodeKey episode, string text)
    {
        float weight = ImportEdges.Subject;
        foreach (string name in PassageSubject.Of(text))
        {
            if (EntityKeys.Title(name) is { } key)
                Link(episode, key, SafeText.Of(name), MemoryEdgeKind.About, weight, ImportEdges.About);
            weight = ImportEdges.ShortSubject;
        }

        Entity first = weight == ImportEdges.Subject ? _reading.Entities.Find(entity => entity.Kind == EntityKind.Name) : default;
        if (first.Key is not null)
            Link(episode, first.Key, Name(text, first.Start, first.Length), MemoryEdgeKind.About, weight, ImportEdges.About);
    }

    // "you" is the other one where two have spoken so far
    private void WriteSpeakers(NodeKey episode, MemoryItem item, string? speaker)
    {
        if (speaker is null)
            return;
        if (_reading.IsOfSpeaker)
            Link(episode, speaker, item.Speaker!, MemoryEdgeKind.About, ImportEdges.OfSpeaker, ImportEdges.Thing);
        else
            Link(episode, speaker, item.Speaker!, MemoryEdgeKind.Mentions, ImportEdges.BySpeaker, ImportEdges.Thing);
        if (!_reading.IsOfListener || _speakers.Count != 2)
            return;
        (string Key, string Name) listener = _speakers[_speakers[0].Key == speaker ? 1 : 0];
        Link(episode, listener.Key, listener.Name, MemoryEdgeKind.Mentions, ImportEdges.OfListener, ImportEdges.Thing);
    }

    private void WriteTopic(NodeKey episode, string text, TopicPhrase topic)
    {
        Link(episode, topic.Key, Name(text, topic.Start, topic.Length), MemoryEdgeKind.Mentions, ImportEdges.Topic, ImportEdges.OfTopic);
        string first = _topics.FirstEpisode(topic);
        if (topic.Words == 1 && first != episode.Key && _backLinks.Add((first, topic.Key)))
        {
            var to = new NodeKey(MemoryNodeKind.Concept, topic.Key);
            Edges.Add(new NewEdge(new NodeKey(MemoryNodeKind.Episode, first), to, MemoryEdgeKind.Mentions, ImportEdges.Topic, ImportEdges.OfTopic));
        }
    }

    private void WriteNext(CheckedItem before, string beforeKey, CheckedItem item, string key)
    {
        bool isApart = item.Item.Time - before.Item.Time > ImportEdges.Apart;
        bool isCausal = !isApart && (_reading.IsReasonOrResult || _readingBefore.AsksWhy);
        Edges.Add(new NewEdge(new NodeKey(MemoryNodeKind.Episode, beforeKey), new NodeKey(MemoryNodeKind.Episode, key), MemoryEdgeKind.Next,
            isApart ? ImportEdges.NextApart : 1, isCausal ? ImportEdges.NextCausal : ImportEdges.Next));
    }

    // of the same episode and concept only the strongest edge of a kind is kept, and none of mentioning what it is about
    private void Link(NodeKey episode, string concept, string name, MemoryEdgeKind kind, float weight, MemoryRelation relation)
    {
        if (_ofEpisode.TryGetValue((concept, kind), out int known))
        {
            if (Edges[known].Weight < weight)
                Edges[known] = Edges[known] with { Weight = weight };
            return;
        }

        if (_ofEpisode.Count >= ImportLimits.ConceptsOfItem || (kind == MemoryEdgeKind.Mentions && _ofEpisode.ContainsKey((concept, MemoryEdgeKind.About))))
            return;
        if (_concepts.Add(concept))
            Nodes.Add(new NewNode(new MemoryNode { Kind = MemoryNodeKind.Concept, Key = concept, Text = name }));
        _ofEpisode.Add((concept, kind), Edges.Count);
        Edges.Add(new NewEdge(episode, new NodeKey(MemoryNodeKind.Concept, concept), kind, weight, relation));
    }

    private static string Name(string text, int start, int length) => text.Substring(start, length);
}
