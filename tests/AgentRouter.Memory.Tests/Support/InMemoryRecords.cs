using System.Runtime.CompilerServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>The records of one scope without files: the plainest way to keep the contract of <see cref="IMemoryRecords"/>.</summary>
internal sealed class InMemoryRecords(MemoryScope scope) : IMemoryRecords
{
    private const int Portion = 100;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, MemoryNode> _nodes = [];
    private readonly Dictionary<NodeKey, long> _ids = [];
    private readonly Dictionary<long, string> _hashes = [];
    private readonly SortedDictionary<long, MemoryEdge> _edges = [];
    private readonly HashSet<(long From, long To, MemoryEdgeKind Kind)> _edgeKeys = [];
    private readonly List<MemoryAlteration> _alterations = [];
    private readonly SortedDictionary<long, StoredMark> _marks = [];
    private readonly Dictionary<long, HashSet<string>> _forgotten = [];
    private readonly SortedDictionary<string, StoredIndexPart> _index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<long, float[]>> _vectors = [];
    private long _lastNode;
    private long _lastEdge;
    private int _lastErasure;

    public InMemoryRecords()
        : this(new MemoryScope(MemoryScopeKind.User, "anna"))
    {
    }

    public MemoryScope Scope { get; } = scope;

    /// <summary>Gets or sets what happens before the next change is written, once: somebody else who writes in between.</summary>
    public Action? BeforeNextWrite { get; set; }

    /// <summary>Gets how many changes were written.</summary>
    public int Writes { get; private set; }

    /// <summary>Gets how many times something was read.</summary>
    public int Reads { get; private set; }

    public bool HoldsSomething
    {
        get
        {
            lock (_gate)
                return _nodes.Count > 0;
        }
    }

    /// <summary>Gets all nodes in the order of their numbers.</summary>
    public IReadOnlyList<MemoryNode> Nodes => Read(() => _nodes.Values.ToArray());

    /// <summary>Gets all edges in the order of their numbers.</summary>
    public IReadOnlyList<MemoryEdge> Edges => Read(() => _edges.Values.ToArray());

    public Task<MemoryWritten> WriteAsync(MemoryChange change, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Action? before = BeforeNextWrite;
        BeforeNextWrite = null;
        before?.Invoke();
        lock (_gate)
        {
            Check(change);
            Writes++;
            (long nodesBefore, long edgesBefore) = (_lastNode, _lastEdge);
            long source = change.Source is { } sourceChange ? PutSource(sourceChange) : 0;
            long[] ids = [.. change.Nodes.Select(node => Put(node, source))];
            foreach (NewEdge edge in change.Edges)
                Put(edge);
            foreach (Supersession superseded in change.Superseded)
                Supersede(superseded);
            foreach (MemoryMark mark in change.Marks)
                _marks[_ids[mark.Node]] = new StoredMark(_ids[mark.Node], mark.Recipe, mark.UpTo);
            return Task.FromResult(new MemoryWritten(ids, source, (int)(_lastNode - nodesBefore), (int)(_lastEdge - edgesBefore), Version()));
        }
    }

    public Task<MemoryVersion> ReadVersionAsync(CancellationToken cancellationToken = default) => ReadAsync(Version);

    public Task<IReadOnlyList<MemoryNode>> ReadNodesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<MemoryNode>>(() => [.. ids.Select(id => _nodes.GetValueOrDefault(id)).OfType<MemoryNode>()]);

    public Task<MemoryNode?> FindAsync(MemoryNodeKind kind, string key, CancellationToken cancellationToken = default) =>
        ReadAsync(() => _ids.TryGetValue(new NodeKey(kind, key), out long id) ? _nodes[id] : null);

    public Task<StoredSource?> ReadSourceAsync(string key, CancellationToken cancellationToken = default) => ReadAsync(() =>
    {
        if (!_ids.TryGetValue(new NodeKey(MemoryNodeKind.Source, key), out long id))
            return null;
        var episodes = _nodes.Values.Where(node => node.Kind == MemoryNodeKind.Episode && node.SourceId == id && node.HeldUntil is null)
            .ToDictionary(node => node.Key, node => _hashes.GetValueOrDefault(node.Id, ""));
        return new StoredSource(_nodes[id], _hashes[id], episodes) { Forgotten = _forgotten.GetValueOrDefault(id, []) };
    });

    public Task<IReadOnlyList<MemoryEdge>> ReadEdgesAsync(long id, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<MemoryEdge>>(() => [.. _edges.Values.Where(edge => edge.From == id || edge.To == id).Take(limit)]);

    public Task<IReadOnlyList<MemoryNode>> ReadSpeakingAsync(long concept, MemoryNodeKind kind, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<MemoryNode>>(() => [.. _edges.Values.Where(edge => edge.To == concept && edge.Kind is MemoryEdgeKind.Mentions or MemoryEdgeKind.About)
            .Select(edge => _nodes[edge.From]).Where(node => node.Kind == kind && node.HeldUntil is null).DistinctBy(node => node.Id).OrderByDescending(node => node.Id).Take(limit)]);

    public Task<IReadOnlyList<UnmarkedNode>> ReadUnmarkedAsync(MemoryNodeKind kind, int recipe, long source, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<UnmarkedNode>>(() => [.. _nodes.Values
            .Where(node => node.Kind == kind && node.HeldUntil is null && (source == 0 || node.SourceId == source) && !(_marks.TryGetValue(node.Id, out StoredMark mark) && mark.Recipe >= recipe))
            .OrderBy(node => node.SourceId).ThenBy(node => node.Position).ThenBy(node => node.Id)
            .Select(node => new UnmarkedNode(node.Id, node.SourceId, node.Text.Length + (node.Attachment?.Length ?? 0)))]);

    public Task<IReadOnlyList<StoredMark>> ReadMarksAsync(IReadOnlyCollection<long> nodes, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<StoredMark>>(() => [.. nodes.Where(_marks.ContainsKey).Select(node => _marks[node])]);

    public IAsyncEnumerable<IReadOnlyList<MemoryNode>> ReadNewNodesAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default) =>
        PortionsAsync(Read(() => _nodes.Values.Where(node => node.Id > after.Node && node.Id <= upTo.Node).ToArray()), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<MemoryEdge>> ReadNewEdgesAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default) =>
        PortionsAsync(Read(() => _edges.Where(edge => edge.Key > after.Edge && edge.Key <= upTo.Edge).Select(edge => edge.Value).ToArray()), cancellationToken);

    public Task<IReadOnlyList<MemoryAlteration>> ReadAlterationsAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<MemoryAlteration>>(() => [.. _alterations.Take((int)upTo.Alteration).Skip((int)after.Alteration)]);

    public Task<IReadOnlyList<long>> FindPhraseAsync(string phrase, int limit, CancellationToken cancellationToken = default) => ReadAsync<IReadOnlyList<long>>(() =>
    {
        string words = PlainWords.Of(phrase);
        return words.Length == 0
            ? []
            : [.. _nodes.Values.Reverse().Where(node => IsAnswer(node.Kind) && Holds(node, words)).Take(limit).Select(node => node.Id)];
    });

    public Task<IReadOnlyList<long>> EraseAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            long[] erased = [.. Erased(ids).Order()];
            foreach (MemoryNode node in erased.Select(id => _nodes[id]).Where(node => node.Kind == MemoryNodeKind.Episode && node.SourceId > 0 && !erased.Contains(node.SourceId)).ToArray())
                (_forgotten.TryGetValue(node.SourceId, out HashSet<string>? items) ? items : _forgotten[node.SourceId] = []).Add(ForgottenItems.Of(node.Key));
            foreach (long id in erased)
            {
                Erase(id);
                _forgotten.Remove(id);
            }

            if (erased.Length > 0)
                _lastErasure = _alterations.Count;
            return Task.FromResult<IReadOnlyList<long>>(erased);
        }
    }

    public async Task ReadIndexAsync(IndexPartReader read, CancellationToken cancellationToken = default)
    {
        foreach (StoredIndexPart part in await ReadAsync<IReadOnlyList<StoredIndexPart>>(() => [.. _index.Values]))
            read(part.Name, part.Content.Span);
    }

    public Task<bool> WriteIndexAsync(
        IReadOnlyCollection<string> removed, IEnumerable<StoredIndexPart> added, MemoryVersion upTo, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_lastErasure > upTo.Alteration)
                return Task.FromResult(false);
            foreach (string name in removed)
                _index.Remove(name);
            foreach (StoredIndexPart part in added)
                _index[part.Name] = part with { Content = part.Content.ToArray() };
            return Task.FromResult(true);
        }
    }

    public Task WriteVectorsAsync(string space, IReadOnlyCollection<KeyValuePair<long, ReadOnlyMemory<float>>> vectors, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_vectors.TryGetValue(space, out SortedDictionary<long, float[]>? kept))
                _vectors[space] = kept = [];
            foreach ((long id, ReadOnlyMemory<float> vector) in vectors.Where(vector => _nodes.ContainsKey(vector.Key)))
                kept[id] = vector.ToArray();
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<IReadOnlyList<KeyValuePair<long, ReadOnlyMemory<float>>>> ReadVectorsAsync(
        string space, long afterNode, CancellationToken cancellationToken = default) =>
        PortionsAsync(Read(() => !_vectors.TryGetValue(space, out SortedDictionary<long, float[]>? kept) ? [] : kept.Where(vector => vector.Key > afterNode)
            .Select(vector => KeyValuePair.Create(vector.Key, (ReadOnlyMemory<float>)vector.Value)).ToArray()), cancellationToken);

    public Task<MemoryStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default) => ReadAsync(() => new MemoryStatistics(
        _nodes.Values.GroupBy(node => node.Kind).ToDictionary(nodes => nodes.Key, nodes => (long)nodes.Count()),
        _nodes.Values.Count(node => node.HeldUntil is not null),
        _edges.Values.GroupBy(edge => edge.Kind).ToDictionary(edges => edges.Key, edges => (long)edges.Count()),
        0));

    private MemoryVersion Version() => new(_lastNode, _lastEdge, _alterations.Count);

    // all that can be wrong with a change, before anything of it is kept
    private void Check(MemoryChange change)
    {
        var known = change.Nodes.Select(node => new NodeKey(node.Node.Kind, node.Node.Key)).ToHashSet();
        if (change.Source is { } source)
        {
            var key = new NodeKey(MemoryNodeKind.Source, source.Node.Key);
            known.Add(key);
            string? hash = _ids.TryGetValue(key, out long id) ? _hashes[id] : null;
            if (hash != source.ExpectedHash)
                throw new MemoryConflictException($"The source '{source.Node.Key}' was written by somebody else in between. Read it again.");
        }

        foreach (NodeKey key in change.Nodes.Where(node => node.MustBeNew).Select(node => new NodeKey(node.Node.Kind, node.Node.Key)))
        {
            if (_ids.ContainsKey(key))
                throw new MemoryConflictException($"The {key.Kind} '{key.Key}' was written by somebody else in between.");
        }

        foreach (MemoryMark mark in change.Marks)
        {
            if (_ids.TryGetValue(mark.Node, out long id) && _marks.TryGetValue(id, out StoredMark there) && (there.Recipe, there.UpTo).CompareTo((mark.Recipe, mark.UpTo)) >= 0)
                throw new MemoryConflictException($"Somebody else learned from '{mark.Node.Key}' in between.");
        }

        foreach (NodeKey key in change.Edges.SelectMany(edge => new[] { edge.From, edge.To }).Concat(change.Superseded.Select(superseded => superseded.Node)).Concat(change.Marks.Select(mark => mark.Node)))
        {
            if (!known.Contains(key) && !_ids.ContainsKey(key))
                throw new MemoryConflictException($"There is no {key.Kind} '{key.Key}', neither in the records nor in the change.");
        }

        foreach (NewEdge edge in change.Edges)
        {
            if (edge.Weight is not (> 0 and <= 1))
                throw new ArgumentException($"An edge has a weight above 0 and at most 1, not {edge.Weight}.", nameof(change));
        }
    }

    private long PutSource(SourceChange change)
    {
        var key = new NodeKey(MemoryNodeKind.Source, change.Node.Key);
        if (!_ids.TryGetValue(key, out long id))
            id = Put(new NewNode(change.Node), 0);
        _nodes[id] = change.Node with { Id = id };
        _hashes[id] = change.ContentHash;
        return id;
    }

    private long Put(NewNode added, long source)
    {
        var key = new NodeKey(added.Node.Kind, added.Node.Key);
        if (_ids.TryGetValue(key, out long known))
            return known;
        long id = ++_lastNode;
        bool isOfSource = source > 0 && added.Node.Kind == MemoryNodeKind.Episode;
        _nodes[id] = added.Node with { Id = id, SourceId = isOfSource ? source : added.Node.SourceId };
        _ids[key] = id;
        if (added.ContentHash is { } hash)
            _hashes[id] = hash;
        return id;
    }

    private void Put(NewEdge added)
    {
        (long from, long to) = (_ids[added.From], _ids[added.To]);
        if (_edgeKeys.Add((from, to, added.Kind)))
            _edges[++_lastEdge] = new MemoryEdge(from, to, added.Kind, added.Weight, added.Relation);
    }

    private void Supersede(Supersession superseded)
    {
        long id = _ids[superseded.Node];
        if (_nodes[id].HeldUntil is not null)
            return;
        _nodes[id] = _nodes[id] with { HeldUntil = superseded.At };
        _alterations.Add(new MemoryAlteration(id, superseded.At));
    }

    private HashSet<long> Erased(IReadOnlyCollection<long> ids)
    {
        var erased = ids.Where(_nodes.ContainsKey).ToHashSet();
        for (int before = -1; before != erased.Count;)
        {
            before = erased.Count;
            erased.UnionWith(_nodes.Values.Where(node => node.Kind == MemoryNodeKind.Episode && erased.Contains(node.SourceId)).Select(node => node.Id));
            erased.UnionWith(_nodes.Values.Where(node => StoodOnlyOn(node, erased)).Select(node => node.Id).ToArray());
        }

        return erased;
    }

    private bool StoodOnlyOn(MemoryNode node, HashSet<long> erased)
    {
        long[] ground = node.Kind switch
        {
            MemoryNodeKind.Fact or MemoryNodeKind.Reflection => [.. _edges.Values.Where(edge => edge.From == node.Id && edge.Kind == MemoryEdgeKind.DerivedFrom).Select(edge => edge.To)],
            MemoryNodeKind.Concept => [.. _edges.Values.Where(edge => edge.To == node.Id).Select(edge => edge.From)],
            _ => [],
        };
        return ground.Length > 0 && ground.All(erased.Contains);
    }

    private void Erase(long id)
    {
        MemoryNode node = _nodes[id];
        _nodes.Remove(id);
        _ids.Remove(new NodeKey(node.Kind, node.Key));
        _hashes.Remove(id);
        _marks.Remove(id);
        foreach ((long number, MemoryEdge edge) in _edges.Where(edge => edge.Value.From == id || edge.Value.To == id).ToArray())
        {
            _edges.Remove(number);
            _edgeKeys.Remove((edge.From, edge.To, edge.Kind));
        }

        foreach (SortedDictionary<long, float[]> vectors in _vectors.Values)
            vectors.Remove(id);
        _alterations.Add(new MemoryAlteration(id, null));
    }

    private static bool IsAnswer(MemoryNodeKind kind) => kind is MemoryNodeKind.Episode or MemoryNodeKind.Fact or MemoryNodeKind.Reflection;

    private static bool Holds(MemoryNode node, string words) => new[] { node.Text, node.Title, node.Attachment }.OfType<string>()
        .Any(text => $" {PlainWords.Of(text)} ".Contains($" {words} ", StringComparison.Ordinal));

    private Task<T> ReadAsync<T>(Func<T> read) => Task.FromResult(Read(read));

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            Reads++;
            return read();
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PortionsAsync<T>(T[] all, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (T[] portion in all.Chunk(Portion))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return portion;
        }
    }
}
