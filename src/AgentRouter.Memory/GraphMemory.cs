using System.Collections.Concurrent;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Weights;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory;

/// <summary>What agents remember: scopes of a store, each searched by walking its graph.</summary>
/// <remarks>Thread-safe. A question never waits for an import: it sees what was written as a whole before it, and says what it has not seen yet.
/// The store belongs to the caller and outlives this.</remarks>
public sealed partial class GraphMemory : IAsyncDisposable
{
    private readonly IMemoryStore _store;
    private readonly TimeProvider _time;
    private readonly MemoryEmbeddings? _embeddings;
    private readonly ConcurrentDictionary<MemoryScope, OpenScope> _open = new();

    /// <summary>Makes a memory over a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="embeddings">What makes vectors; <see langword="null"/> to find by words alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the embeddings is out of its range.</exception>
    public GraphMemory(IMemoryStore store, TimeProvider? time = null, MemoryEmbeddings? embeddings = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _time, _embeddings) = (store, time ?? TimeProvider.System, embeddings?.Validated());
    }

    /// <summary>Gets what counts how much where evidence is put in order; by default what is set by hand.</summary>
    public MemoryWeights Weights { get; init; } = MemoryWeights.Default;

    /// <summary>Finds what a scope remembers that answers a question.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>What was found; nothing where the scope remembers nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the question is out of range.</exception>
    public Task<MemoryRecall> RecallAsync(MemoryScope scope, MemoryQuestion question, CancellationToken cancellationToken = default) => RecallAsync([scope], question, cancellationToken);

    /// <summary>Finds what several scopes remember that answers a question; each is searched by itself, and what is found is put in one order.</summary>
    /// <param name="scopes">The scopes.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>What was found; nothing where the scopes remember nothing. Where there are embeddings, the question is embedded once, if a scope has vectors to compare it with.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the question is out of range.</exception>
    public Task<MemoryRecall> RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        return RecallAsync(scopes, question, new RecallAid { Vectors = VectorsOf([question.Read]) }, cancellationToken);
    }

    /// <summary>Finds what several scopes remember, with more than the words of the question.</summary>
    internal async Task<MemoryRecall> RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallAid aid, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        question.Validate();
        var found = new List<MemoryRecall>();
        foreach (MemoryScope scope in scopes.Distinct())
        {
            if (await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is { } open)
                found.Add(await MemoryRecaller.RecallAsync(open, question, aid, Weights, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false));
        }

        return RecallSelection.Merge(found, question) with { EmbeddingProblem = aid.Vectors?.Problem };
    }

    /// <summary>Brings the index of a scope to where its records are, and keeps it, so that the next opening is fast.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellationToken">Cancels the work; what was indexed stays.</param>
    public async Task FlushAsync(MemoryScope scope, CancellationToken cancellationToken = default)
    {
        if (await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is { } open)
            await open.Indexer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (OpenScope open in _open.Values)
            await open.DisposeAsync().ConfigureAwait(false);
        _open.Clear();
    }

    private async Task<OpenScope?> OpenAsync(MemoryScope scope, bool create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        IMemoryRecords? records = await _store.OpenAsync(scope, create, cancellationToken).ConfigureAwait(false);
        if (records is null)
            return null;
        if (_open.TryGetValue(scope, out OpenScope? open) && ReferenceEquals(open.Records, records))
            return open;
        // the scope was erased since, or this is the first time
        var fresh = new OpenScope(scope, records, new MemoryIndexer(records), _embeddings is null ? null : new VectorKeeper(records, _embeddings.Space));
        OpenScope kept = _open.AddOrUpdate(scope, fresh, (_, other) => ReferenceEquals(other.Records, records) ? other : fresh);
        if (open is not null && !ReferenceEquals(open, kept))
            await open.DisposeAsync().ConfigureAwait(false);
        if (!ReferenceEquals(fresh, kept))
            await fresh.DisposeAsync().ConfigureAwait(false);
        return kept;
    }
}
