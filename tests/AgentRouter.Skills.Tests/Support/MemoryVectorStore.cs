using System.Linq.Expressions;
using System.Numerics.Tensors;
using AgentRouter.Skills.Dense.Stored;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.Skills.Tests.Support;

/// <summary>A vector store in memory, with one collection of vectors of skills.</summary>
internal sealed class MemoryVectorStore : VectorStore
{
    /// <summary>Gets the records, once the collection exists.</summary>
    public Dictionary<Guid, SkillVectorRecord>? Records { get; private set; }

    /// <summary>Gets or sets what every operation throws.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Gets the number of vectors that were read by key.</summary>
    public int VectorsRead { get; private set; }

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null) =>
        (VectorStoreCollection<TKey, TRecord>)(object)new MemoryCollection(this, name);

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) => throw new NotSupportedException();

    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(VectorStoreMetadata) ? new VectorStoreMetadata { VectorStoreSystemName = "memory", VectorStoreName = "kitchen" } : null;

    private Dictionary<Guid, SkillVectorRecord> Open(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Failure is null ? Records! : throw Failure;
    }

    private sealed class MemoryCollection(MemoryVectorStore store, string name) : VectorStoreCollection<Guid, SkillVectorRecord>
    {
        public override string Name => name;

        public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default)
        {
            store.Open(cancellationToken);
            return Task.FromResult(store.Records is not null);
        }

        public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
        {
            store.Open(cancellationToken);
            store.Records ??= [];
            return Task.CompletedTask;
        }

        public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task<SkillVectorRecord?> GetAsync(Guid key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override IAsyncEnumerable<SkillVectorRecord> GetAsync(IEnumerable<Guid> keys, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
        {
            SkillVectorRecord[] found = [.. keys.Select(store.Open(cancellationToken).GetValueOrDefault).OfType<SkillVectorRecord>()];
            store.VectorsRead += found.Length;
            return found.ToAsyncEnumerable();
        }

        public override IAsyncEnumerable<SkillVectorRecord> GetAsync(
            Expression<Func<SkillVectorRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<SkillVectorRecord>? options = null, CancellationToken cancellationToken = default) =>
            store.Open(cancellationToken).Values.Where(filter.Compile()).OrderBy(record => record.Id).Skip(options?.Skip ?? 0).Take(top).ToAsyncEnumerable();

        public override Task DeleteAsync(Guid key, CancellationToken cancellationToken = default)
        {
            store.Open(cancellationToken).Remove(key);
            return Task.CompletedTask;
        }

        public override Task UpsertAsync(SkillVectorRecord record, CancellationToken cancellationToken = default)
        {
            store.Open(cancellationToken)[record.Id] = record;
            return Task.CompletedTask;
        }

        public override async Task UpsertAsync(IEnumerable<SkillVectorRecord> records, CancellationToken cancellationToken = default)
        {
            foreach (SkillVectorRecord record in records)
                await UpsertAsync(record, cancellationToken);
        }

        public override IAsyncEnumerable<VectorSearchResult<SkillVectorRecord>> SearchAsync<TInput>(
            TInput searchValue, int top, VectorSearchOptions<SkillVectorRecord>? options = null, CancellationToken cancellationToken = default)
        {
            var task = (ReadOnlyMemory<float>)(object)searchValue;
            return store.Open(cancellationToken).Values.Where(options!.Filter!.Compile())
                .Select(record => new VectorSearchResult<SkillVectorRecord>(record, TensorPrimitives.CosineSimilarity(record.Vector.Span, task.Span)))
                .OrderByDescending(result => result.Score).ThenBy(result => result.Record.Id).Take(top).ToAsyncEnumerable();
        }

        public override object? GetService(Type serviceType, object? serviceKey = null) => null;
    }
}
