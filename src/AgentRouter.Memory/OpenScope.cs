using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory;

/// <summary>A scope that is in use.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Records">Its records.</param>
/// <param name="Indexer">Keeps its index.</param>
/// <param name="Vectors">Keeps its vectors; <see langword="null"/> where there is no model for them.</param>
internal sealed record OpenScope(MemoryScope Scope, IMemoryRecords Records, MemoryIndexer Indexer, VectorKeeper? Vectors = null) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Indexer.DisposeAsync().ConfigureAwait(false);
        Vectors?.Dispose();
    }
}
