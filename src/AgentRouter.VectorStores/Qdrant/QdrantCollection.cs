using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.VectorStores.Filters;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Records as points of a Qdrant collection, found by key, by filter, and by the nearness of a vector.</summary>
/// <typeparam name="TKey">The type of the key: Guid or ulong; object for dictionaries.</typeparam>
/// <typeparam name="TRecord">The type of the records: a class with attributes or a definition, or <c>Dictionary&lt;string, object?&gt;</c>.</typeparam>
public sealed class QdrantCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly QdrantSession _session;
    private readonly CollectionModel _model;
    private readonly VectorStoreCollectionMetadata _metadata;
    private readonly string _path;

    internal QdrantCollection(string name, QdrantSession session, CollectionModel model)
    {
        (Name, _session, _model) = (name, session, model);
        _path = QdrantSession.PathOf(name);
        _metadata = new() { VectorStoreSystemName = QdrantDefaults.SystemName, CollectionName = name };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        _session.RunAsync("CollectionExists", () => _session.ExistsAsync(Name, cancellationToken));

    /// <summary>Makes the collection with its payload indexes where it is missing. One that exists is used as it is. Several callers may do this at once.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task.</returns>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => _session.RunAsync("EnsureCollectionExists", async () =>
    {
        if (await _session.ExistsAsync(Name, cancellationToken))
            return true;
        try
        {
            await _session.SendAsync(HttpMethod.Put, _path, QdrantSchema.Collection(_model), cancellationToken);
        }
        catch (QdrantException exception) when (exception.Status is not null)
        {
            // another caller may have been faster
            if (!await _session.ExistsAsync(Name, cancellationToken))
                throw;
        }

        foreach (JsonObject index in QdrantSchema.Indexes(_model))
            await _session.SendAsync(HttpMethod.Put, $"{_path}/index?wait=true", index, cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        _session.RunAsync("EnsureCollectionDeleted", () => _session.DeleteAsync(Name, cancellationToken));

    /// <inheritdoc/>
    public override async Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        (await GetByKeysAsync([key], options, cancellationToken)).SingleOrDefault();

    /// <summary>Gets records by their keys.</summary>
    /// <param name="keys">The keys; one that is given twice is read once.</param>
    /// <param name="options">Whether vectors are read too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records that exist, in the order of their keys.</returns>
    public override async IAsyncEnumerable<TRecord> GetAsync(IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (TRecord record in await GetByKeysAsync(keys, options, cancellationToken))
            yield return record;
    }

    /// <summary>Gets the records that a filter means. Qdrant has no offset here: what is skipped is read, too.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="top">How many, at most.</param>
    /// <param name="options">How many are skipped, their order, and whether vectors are read too. The order is that of the key, or of one number or time that is indexed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records.</returns>
    /// <exception cref="NotSupportedException">A part of the filter cannot be translated, or Qdrant has no such order; the message shows it.</exception>
    public override async IAsyncEnumerable<TRecord> GetAsync(Expression<Func<TRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var request = new QdrantScroll(QdrantFilter.Write(RecordFilterReader.Read(filter, _model)), QdrantSchema.Order(RecordOrder.Read(options, _model)), CheckVectors(options.IncludeVectors), top + (long)options.Skip);
        List<TRecord> records = await _session.RunAsync("Get", async () => (await request.ReadAsync(_session, _path, cancellationToken)).Skip(options.Skip).Select(Read).ToList());
        foreach (TRecord record in records)
            yield return record;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The record has no key, or its vector has the wrong length.</exception>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>Writes records, and waits until they can be found. Of two with the same key the later one counts. Large batches go out in several requests, of which
    /// some may be written when a later one fails.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ArgumentException">A record has no key, or its vector has the wrong length; nothing is written.</exception>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        TRecord[] all = [.. records];
        if (all.Length == 0)
            return;
        RecordVectors vectors = await RecordVectors.ReadAsync(_model, all, cancellationToken);
        foreach (ReadOnlyMemory<byte> request in QdrantPoints.Write(_model, all, vectors))
            await _session.SendAsync("Upsert", HttpMethod.Put, $"{_path}/points?wait=true", request, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    /// <inheritdoc/>
    public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Array all = StoreKey.ToArray(_model, keys);
        if (all.Length > 0)
            await _session.SendAsync("Delete", HttpMethod.Post, $"{_path}/points/delete?wait=true", new JsonObject { ["points"] = QdrantPoints.Ids(all) }, cancellationToken);
    }

    /// <summary>Gets the nearest records.</summary>
    /// <typeparam name="TInput">The type of what is searched with.</typeparam>
    /// <param name="searchValue">A vector, or what the property's embedding generator makes one of.</param>
    /// <param name="top">How many, at most.</param>
    /// <param name="options">The filter, the vector property, how many are skipped, from which score on records count, and whether vectors are read too.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The records with their scores, the nearest first.</returns>
    /// <exception cref="NotSupportedException">A part of the filter cannot be translated, or the value is no vector and there is no generator for it.</exception>
    /// <exception cref="ArgumentException">The vector has the wrong length.</exception>
    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        VectorPropertyModel property = _model.GetVectorPropertyOrSingle(options);
        ReadOnlyMemory<float> vector = await SearchVector.FromAsync(searchValue, property, cancellationToken);
        var request = new JsonObject
        {
            ["query"] = new JsonArray([.. vector.ToArray().Select(value => JsonValue.Create(value))]),
            ["using"] = property.StorageName,
            ["limit"] = top,
            ["offset"] = options.Skip,
            ["with_payload"] = true,
            ["with_vector"] = CheckVectors(options.IncludeVectors),
        };
        if (QdrantFilter.Write(RecordFilterReader.Read(options.Filter, _model)) is { } filter)
            request["filter"] = filter;
        if (options.ScoreThreshold is { } threshold)
            request["score_threshold"] = threshold;
        List<VectorSearchResult<TRecord>> results = await _session.RunAsync("Search", async () =>
        {
            JsonElement result = await _session.SendAsync(HttpMethod.Post, $"{_path}/points/query", request, cancellationToken);
            return result.GetProperty("points").EnumerateArray().Select(point => new VectorSearchResult<TRecord>(Read(point), point.GetProperty("score").GetDouble())).ToList();
        });
        foreach (VectorSearchResult<TRecord> result in results)
            yield return result;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    private TRecord Read(JsonElement point) => QdrantPoints.Read<TRecord>(_model, point);

    private bool CheckVectors(bool includeVectors) => includeVectors && _model.EmbeddingGenerationRequired
        ? throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration)
        : includeVectors;

    private async Task<IEnumerable<TRecord>> GetByKeysAsync(IEnumerable<TKey> keys, RecordRetrievalOptions? options, CancellationToken cancellationToken)
    {
        Array all = StoreKey.ToArray(_model, keys);
        if (all.Length == 0)
            return [];
        var request = new JsonObject { ["ids"] = QdrantPoints.Ids(all), ["with_payload"] = true, ["with_vector"] = CheckVectors(options?.IncludeVectors ?? false) };
        Dictionary<object, TRecord> byKey = await _session.RunAsync("Get", async () =>
            (await _session.SendAsync(HttpMethod.Post, $"{_path}/points", request, cancellationToken)).EnumerateArray().Select(Read).ToDictionary(record => StoreKey.Of(_model, record)));
        return all.Cast<object>().Select(byKey.GetValueOrDefault).OfType<TRecord>();
    }
}
