using AgentRouter.Memory.Index;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Embeddings;

/// <summary>Keeps the vectors of a scope beside its index: read once for each version of it. Safe for any number of threads.</summary>
/// <remarks>What another process embeds is seen with the next thing that is written.</remarks>
internal sealed class VectorKeeper(IMemoryRecords records, string space) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Kept? _kept;
    private int _written;

    /// <summary>Says that vectors were written, maybe of old nodes.</summary>
    public void MarkWritten() => Interlocked.Increment(ref _written);

    /// <summary>Takes the vectors that belong to an index.</summary>
    public async Task<EmbeddedNodes> TakeAsync(MemoryIndex index, CancellationToken cancellationToken)
    {
        if (Find(index) is { } known)
            return known;
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(index) is { } read)
                return read;
            int written = Volatile.Read(ref _written);
            EmbeddedNodes? before = _kept is { } kept && kept.Written == written && Covers(index.Version, kept.Nodes.Version) ? kept.Nodes : null;
            EmbeddedNodes nodes = await EmbeddedNodes.ReadAsync(records, space, index, before, cancellationToken).ConfigureAwait(false);
            _kept = new Kept(nodes, written);
            return nodes;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private EmbeddedNodes? Find(MemoryIndex index) => _kept is { } kept && kept.Written == Volatile.Read(ref _written) && Covers(kept.Nodes.Version, index.Version) ? kept.Nodes : null;

    private static bool Covers(MemoryVersion have, MemoryVersion wanted) => have.Node >= wanted.Node && have.Alteration >= wanted.Alteration;

    private sealed record Kept(EmbeddedNodes Nodes, int Written);
}
