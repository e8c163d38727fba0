using System.Runtime.CompilerServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage.Sqlite.Erasure;
using AgentRouter.Memory.Storage.Sqlite.Records;
using AgentRouter.Memory.Storage.Sqlite.Writing;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>What one scope remembers, in one SQLite file.</summary>
internal sealed class SqliteMemoryRecords : IMemoryRecords
{
    private const int NodesARead = 1_000;
    private const int EdgesARead = 10_000;
    private const int VectorsARead = 500;

    private readonly MemoryFile _file;
    private readonly MemoryWriter _writer;
    private readonly ChangeQueue _changes;
    private readonly MemoryReaders _readers;

    /// <summary>Makes the records of a file; it is opened when it is needed.</summary>
    public SqliteMemoryRecords(MemoryFile file)
    {
        _file = file;
        _writer = new MemoryWriter(file);
        _changes = new ChangeQueue(_writer);
        _readers = new MemoryReaders(file);
    }

    /// <inheritdoc/>
    public MemoryScope Scope => _file.Scope;

    /// <inheritdoc/>
    public Task<MemoryWritten> WriteAsync(MemoryChange change, CancellationToken cancellationToken = default)
    {
        ChangeCheck.Require(change);
        return _changes.WriteAsync(change, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MemoryVersion> ReadVersionAsync(CancellationToken cancellationToken = default) => ReadAsync(static (_, version) => version, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryNode>> ReadNodesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ReadAsync<IReadOnlyList<MemoryNode>>((db, _) => [.. ids.Select(id => NodeTable.Read(db, id)).OfType<MemoryNode>()], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MemoryNode?> FindAsync(MemoryNodeKind kind, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ReadAsync((db, _) => Find(db, new NodeKey(kind, key)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoredSource?> ReadSourceAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ReadAsync(
            (db, _) => Find(db, new NodeKey(MemoryNodeKind.Source, key)) is { } node
                ? new StoredSource(node, NodeTable.HashOf(db, node.Id) ?? "", NodeTable.EpisodesOf(db, node.Id).ToDictionary(StringComparer.Ordinal)) { Forgotten = ForgottenTable.Of(db, node.Id) }
                : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryEdge>> ReadEdgesAsync(long id, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return ReadAsync<IReadOnlyList<MemoryEdge>>((db, _) => EdgeTable.Of(db, id, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryNode>> ReadSpeakingAsync(long concept, MemoryNodeKind kind, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return ReadAsync<IReadOnlyList<MemoryNode>>((db, _) => NodeTable.SpeakingOf(db, concept, kind, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnmarkedNode>> ReadUnmarkedAsync(MemoryNodeKind kind, int recipe, long source, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<UnmarkedNode>>((db, _) => MarkTable.Unmarked(db, kind, recipe, source), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMark>> ReadMarksAsync(IReadOnlyCollection<long> nodes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        return ReadAsync<IReadOnlyList<StoredMark>>((db, _) => [.. nodes.Select(node => MarkTable.Find(db, node)).OfType<StoredMark>()], cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<MemoryNode>> ReadNewNodesAsync(
        MemoryVersion after, MemoryVersion upTo, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (long last = after.Node; last < upTo.Node;)
        {
            List<MemoryNode> portion = await ReadAsync((db, _) => NodeTable.Read(db, last, upTo.Node, NodesARead), cancellationToken).ConfigureAwait(false);
            if (portion.Count > 0)
                yield return portion;
            last = portion.Count < NodesARead ? upTo.Node : portion[^1].Id;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<MemoryEdge>> ReadNewEdgesAsync(
        MemoryVersion after, MemoryVersion upTo, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (long last = after.Edge; last < upTo.Edge;)
        {
            (List<MemoryEdge> portion, last) = await ReadAsync((db, _) => EdgeTable.Read(db, last, upTo.Edge, EdgesARead), cancellationToken).ConfigureAwait(false);
            if (portion.Count > 0)
                yield return portion;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryAlteration>> ReadAlterationsAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<MemoryAlteration>>((db, _) => AlterationTable.Read(db, after.Alteration, upTo.Alteration), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The phrase has more than 10,000 characters.</exception>
    public Task<IReadOnlyList<long>> FindPhraseAsync(string phrase, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (phrase.Length > PhraseTable.MaxPhraseLength)
            throw new ArgumentException($"A phrase of {phrase.Length:N0} characters is not searched for; at most {PhraseTable.MaxPhraseLength:N0} are.", nameof(phrase));
        return ReadAsync<IReadOnlyList<long>>((db, _) => PhraseTable.Find(db, phrase, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<long>> EraseAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await _writer.WriteAsync(
            (db, version) => NodeErasure.Delete(db, ids, version),
            (db, _) =>
            {
                _changes.ForgetNumbers();
                NodeErasure.Scrub(db, _file.Path);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReadIndexAsync(IndexPartReader read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        return ReadAsync((db, _) => IndexPartTable.Read(db, read, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> WriteIndexAsync(
        IReadOnlyCollection<string> removed, IEnumerable<StoredIndexPart> added, MemoryVersion upTo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(removed);
        ArgumentNullException.ThrowIfNull(added);
        return WriteAsync(db => IndexPartTable.TryReplace(db, removed, added, upTo), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The vectors are not of the length of those of the space.</exception>
    public Task WriteVectorsAsync(string space, IReadOnlyCollection<KeyValuePair<long, ReadOnlyMemory<float>>> vectors, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(space);
        ArgumentNullException.ThrowIfNull(vectors);
        return vectors.Count == 0 ? Task.CompletedTask : WriteAsync(
            db =>
            {
                VectorTable.Put(db, space, vectors, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<KeyValuePair<long, ReadOnlyMemory<float>>>> ReadVectorsAsync(
        string space, long afterNode, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(space);
        List<KeyValuePair<long, ReadOnlyMemory<float>>> portion;
        do
        {
            portion = await ReadAsync((db, _) => VectorTable.Read(db, space, afterNode, VectorsARead), cancellationToken).ConfigureAwait(false);
            if (portion.Count == 0)
                yield break;
            yield return portion;
            afterNode = portion[^1].Key;
        }
        while (portion.Count == VectorsARead);
    }

    /// <inheritdoc/>
    public Task<MemoryStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync((db, _) => MemoryCounts.Read(db, _file.Bytes), cancellationToken);

    /// <summary>Opens a connection, so that what is wrong with the file is said now.</summary>
    /// <param name="create">Whether to make the file where there is none.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public Task OpenAsync(bool create, CancellationToken cancellationToken) => create
        ? WriteAsync(static _ => true, cancellationToken)
        : ReadVersionAsync(cancellationToken);

    /// <summary>Marks the scope as erased, for those who have its file open still.</summary>
    public Task MarkErasedAsync(CancellationToken cancellationToken) => WriteAsync(
        static db =>
        {
            ScopeRow.MarkErased(db);
            return true;
        },
        cancellationToken);

    /// <summary>Closes the file when what is going on has ended.</summary>
    /// <param name="end">What later callers are told.</param>
    public async Task CloseAsync(Exception end)
    {
        await _readers.CloseAsync(end).ConfigureAwait(false);
        await _writer.CloseAsync(end).ConfigureAwait(false);
    }

    private static MemoryNode? Find(SqliteStatements db, NodeKey node) => NodeTable.Find(db, node, KeyHash.Of(node)) is { } id ? NodeTable.Read(db, id) : null;

    private Task<T> ReadAsync<T>(Func<SqliteStatements, MemoryVersion, T> work, CancellationToken cancellationToken) => _readers.ReadAsync(work, cancellationToken);

    private Task<T> WriteAsync<T>(Func<SqliteStatements, T> work, CancellationToken cancellationToken) => _writer.WriteAsync((db, _) => work(db), null, cancellationToken);
}
