using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>The nodes, edges and vectors of one scope.</summary>
/// <remarks>
/// Safe for use by several threads and, where the store is shared, by several processes: readers see what was written as a whole and never
/// wait for a writer; writers come one after the other.
/// </remarks>
public interface IMemoryRecords
{
    /// <summary>Gets the scope.</summary>
    MemoryScope Scope { get; }

    /// <summary>Writes a change: all of it, or nothing of it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing of it is kept then.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="MemoryConflictException">The change was made for a state that is no longer there.</exception>
    /// <exception cref="IOException">It cannot be written; nothing of it is kept.</exception>
    Task<MemoryWritten> WriteAsync(MemoryChange change, CancellationToken cancellationToken = default);

    /// <summary>Gets how far the records have come: cheap, asked before every question.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<MemoryVersion> ReadVersionAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads nodes of which the numbers are known.</summary>
    /// <param name="ids">The numbers.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Those that are there, in the order of <paramref name="ids"/>.</returns>
    Task<IReadOnlyList<MemoryNode>> ReadNodesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default);

    /// <summary>Finds a node by its key.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<MemoryNode?> FindAsync(MemoryNodeKind kind, string key, CancellationToken cancellationToken = default);

    /// <summary>Reads what is known of a source: its node, and of each of its episodes that hold the key and a hash of the content.</summary>
    /// <param name="key">The source's key.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The source, or <see langword="null"/> where there is none.</returns>
    Task<StoredSource?> ReadSourceAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Reads the edges of a node, those that leave it and those that reach it.</summary>
    /// <param name="id">The node's number.</param>
    /// <param name="limit">The most edges, those of the lowest numbers.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<IReadOnlyList<MemoryEdge>> ReadEdgesAsync(long id, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads what speaks of a concept: nodes of a kind that hold and mention it or are about it.</summary>
    /// <param name="concept">The concept's number.</param>
    /// <param name="kind">The kind of the nodes.</param>
    /// <param name="limit">The most nodes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The nodes, the newest first.</returns>
    Task<IReadOnlyList<MemoryNode>> ReadSpeakingAsync(long concept, MemoryNodeKind kind, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads which nodes hold and have no mark, or one of an older recipe only.</summary>
    /// <param name="kind">The kind of the nodes.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="source">The number of the source that they are part of; 0 for all nodes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The nodes by source, and by their place in it.</returns>
    Task<IReadOnlyList<UnmarkedNode>> ReadUnmarkedAsync(MemoryNodeKind kind, int recipe, long source, CancellationToken cancellationToken = default);

    /// <summary>Reads the marks of nodes.</summary>
    /// <param name="nodes">The numbers of the nodes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The marks of those that have one, in the order of <paramref name="nodes"/>.</returns>
    Task<IReadOnlyList<StoredMark>> ReadMarksAsync(IReadOnlyCollection<long> nodes, CancellationToken cancellationToken = default);

    /// <summary>Reads the nodes that were written after a version and up to another, in the order of their numbers, in portions.</summary>
    /// <param name="after">The version that is known.</param>
    /// <param name="upTo">The version to come to.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<IReadOnlyList<MemoryNode>> ReadNewNodesAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default);

    /// <summary>Reads the edges that were written after a version and up to another, in portions. Edges of erased nodes are left out.</summary>
    /// <param name="after">The version that is known.</param>
    /// <param name="upTo">The version to come to.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<IReadOnlyList<MemoryEdge>> ReadNewEdgesAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default);

    /// <summary>Reads which nodes were superseded or erased after a version and up to another.</summary>
    /// <param name="after">The version that is known.</param>
    /// <param name="upTo">The version to come to.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<IReadOnlyList<MemoryAlteration>> ReadAlterationsAsync(MemoryVersion after, MemoryVersion upTo, CancellationToken cancellationToken = default);

    /// <summary>Finds episodes, facts and reflections that hold a phrase, word for word but for case and accents.</summary>
    /// <param name="phrase">The phrase; what is not a letter or digit parts words.</param>
    /// <param name="limit">The most nodes, the newest first.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The numbers of the nodes.</returns>
    Task<IReadOnlyList<long>> FindPhraseAsync(string phrase, int limit, CancellationToken cancellationToken = default);

    /// <summary>Erases nodes, their edges, vectors and words, so that nothing of them is left in the store. Of episodes whose source stays a hash of the key is kept:
    /// <see cref="StoredSource.Forgotten"/>.</summary>
    /// <param name="ids">The numbers; episodes of an erased source go with it, and facts, concepts and reflections that only stood on erased nodes go too.</param>
    /// <param name="cancellationToken">Cancels the erasure before it begins.</param>
    /// <returns>The numbers of all nodes that were erased.</returns>
    /// <exception cref="IOException">It cannot be erased; the message says why.</exception>
    Task<IReadOnlyList<long>> EraseAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default);

    /// <summary>Reads the parts of a search index that were kept here, which may be older than the records.</summary>
    /// <param name="read">Takes the parts one by one, in the order of their names: together they are as large as the index.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task ReadIndexAsync(IndexPartReader read, CancellationToken cancellationToken = default);

    /// <summary>Keeps parts of a search index, in place of others: all of it, or nothing of it.</summary>
    /// <param name="removed">The names of the parts that go.</param>
    /// <param name="added">The parts that come; they are large, and may be made one by one while they are written, more than once where writing is tried again: the bytes of one are gone when the next is asked for.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>Whether they were kept; <see langword="false"/> where a node was erased after <paramref name="upTo"/>, so that the parts may hold what is to be gone.</returns>
    /// <param name="upTo">The version up to which the parts were made.</param>
    Task<bool> WriteIndexAsync(IReadOnlyCollection<string> removed, IEnumerable<StoredIndexPart> added, MemoryVersion upTo, CancellationToken cancellationToken = default);

    /// <summary>Keeps vectors of nodes.</summary>
    /// <param name="space">The name of the model that made them; vectors of different spaces are kept apart.</param>
    /// <param name="vectors">The vectors by the numbers of their nodes, all of the same length; of nodes that are gone they are dropped.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    Task WriteVectorsAsync(string space, IReadOnlyCollection<KeyValuePair<long, ReadOnlyMemory<float>>> vectors, CancellationToken cancellationToken = default);

    /// <summary>Reads the vectors of a space, in portions, in the order of their nodes.</summary>
    /// <param name="space">The name of the model that made them.</param>
    /// <param name="afterNode">The number of the node after which to begin.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<IReadOnlyList<KeyValuePair<long, ReadOnlyMemory<float>>>> ReadVectorsAsync(string space, long afterNode, CancellationToken cancellationToken = default);

    /// <summary>Counts nodes by kind, edges by kind, and bytes.</summary>
    /// <param name="cancellationToken">Cancels the counting.</param>
    Task<MemoryStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default);
}
