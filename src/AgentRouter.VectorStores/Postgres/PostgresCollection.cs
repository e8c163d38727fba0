using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using AgentRouter.VectorStores.Filters;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Npgsql;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Records in a table of PostgreSQL, found by key, by filter, by the nearness of a vector, and by words and nearness together.</summary>
/// <typeparam name="TKey">The type of the key: int, long, string or Guid; object for dictionaries.</typeparam>
/// <typeparam name="TRecord">The type of the records: a class with attributes or a definition, or <c>Dictionary&lt;string, object?&gt;</c>.</typeparam>
/// <remarks>Results are read whole before the first is handed out, so a caller may use the store between two of them.</remarks>
public sealed class PostgresCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IKeywordHybridSearchable<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly PostgresTable _table;
    private readonly PostgresSession _session;
    private readonly VectorStoreCollectionMetadata _metadata;

    internal PostgresCollection(NpgsqlDataSource dataSource, PostgresTable table, VectorStoreMetadata store)
    {
        _dataSource = dataSource;
        _table = table;
        _session = new(dataSource, store.VectorStoreName, table.Name);
        _metadata = new() { VectorStoreSystemName = store.VectorStoreSystemName, VectorStoreName = store.VectorStoreName, CollectionName = table.Name };
    }

    /// <inheritdoc/>
    public override string Name => _table.Name;

    private CollectionModel Model => _table.Model;

    /// <inheritdoc/>
    public override async Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        (await _session.QueryAsync("CollectionExists", [PostgresSchema.Exists(_table.Schema, _table.Name)], row => row.GetBoolean(0), cancellationToken))[0];

    /// <summary>Makes the table with its indexes, and the extension, where they are missing. A table that exists is used as it is. Several callers may do this
    /// at once.</summary>
    /// <param name="cancellationToken">Ends the work; nothing is then made.</param>
    /// <returns>A task.</returns>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => _session.RunAsync("EnsureCollectionExists", async connection =>
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PostgresSession.ExecuteAsync(connection, PostgresSchema.Lock(), cancellationToken);
        (bool hasExtension, bool hasTable) = (await PostgresSession.QueryAsync(connection, [PostgresSchema.Find(_table)], row => (row.GetBoolean(0), row.GetBoolean(1)), cancellationToken))[0];
        if (!hasExtension)
            await PostgresSession.ExecuteAsync(connection, PostgresSchema.CreateExtension(), cancellationToken);
        foreach (NpgsqlBatchCommand command in hasTable ? [] : PostgresSchema.Create(_table))
            await PostgresSession.ExecuteAsync(connection, command, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        _session.ExecuteAsync("EnsureCollectionDeleted", [PostgresSchema.Drop(_table.Schema, _table.Name)], cancellationToken);

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

    /// <summary>Gets the records that a filter means.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="top">How many, at most.</param>
    /// <param name="options">How many are skipped, their order, and whether vectors are read too. The last order is always that of the key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records.</returns>
    /// <exception cref="NotSupportedException">A part of the filter cannot be translated; the message shows it.</exception>
    public override async IAsyncEnumerable<TRecord> GetAsync(Expression<Func<TRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        var rows = RowReader(options.IncludeVectors);
        NpgsqlBatchCommand command = PostgresQueries.ByFilter(_table, rows, RecordFilterReader.Read(filter, Model), RecordOrder.Read(options, Model), top, options.Skip);
        foreach (TRecord record in await _session.QueryAsync("Get", [command], rows.Read, cancellationToken))
            yield return record;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The record has no key, or its vector has the wrong length.</exception>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>Writes records: all or none. Of two with the same key the later one counts.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is then written.</param>
    /// <returns>A task.</returns>
    /// <exception cref="ArgumentException">A record has no key, or its vector has the wrong length; nothing is written.</exception>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        TRecord[] all = [.. records];
        if (all.Length == 0)
            return;
        RecordVectors vectors = await RecordVectors.ReadAsync(Model, all, cancellationToken);
        await _session.ExecuteAsync("Upsert", PostgresWrites.Upsert(_table, all, vectors), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    /// <inheritdoc/>
    public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Array all = StoreKey.ToArray(Model, keys);
        if (all.Length > 0)
            await _session.ExecuteAsync("Delete", [PostgresWrites.Delete(_table, all)], cancellationToken);
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
        VectorPropertyModel property = Model.GetVectorPropertyOrSingle(options);
        ReadOnlyMemory<float> vector = await SearchVector.FromAsync(searchValue, property, cancellationToken);
        PostgresDistance distance = PostgresDistance.Of(property);
        var rows = RowReader(options.IncludeVectors);
        IEnumerable<NpgsqlBatchCommand> commands = PostgresQueries.Nearest(_table, rows, property, vector, RecordFilterReader.Read(options.Filter, Model), top, options.Skip);
        foreach (VectorSearchResult<TRecord> result in await _session.QueryAsync("Search", commands, row => ReadResult(row, rows, distance.Score), cancellationToken))
        {
            if (distance.Reaches(result.Score!.Value, options.ScoreThreshold))
                yield return result;
        }
    }

    /// <summary>Gets the records that are near or hold the words, by both together: reciprocal rank fusion of the vector search and of PostgreSQL's full-text
    /// search.</summary>
    /// <typeparam name="TInput">The type of what is searched with.</typeparam>
    /// <param name="searchValue">A vector, or what the property's embedding generator makes one of.</param>
    /// <param name="keywords">The words; a record may hold any of them.</param>
    /// <param name="top">How many, at most.</param>
    /// <param name="options">As for a search; the additional property is the one whose words count, and the score is that of the fusion, higher is better.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The records with their scores, the best first.</returns>
    /// <exception cref="NotSupportedException">A part of the filter cannot be translated, or the value is no vector and there is no generator for it.</exception>
    /// <exception cref="ArgumentException">The vector has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">No property is indexed for full text.</exception>
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(TInput searchValue, ICollection<string> keywords, int top, HybridSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new();
        VectorPropertyModel property = Model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty });
        DataPropertyModel text = Model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty);
        ReadOnlyMemory<float> vector = await SearchVector.FromAsync(searchValue, property, cancellationToken);
        var rows = RowReader(options.IncludeVectors);
        IEnumerable<NpgsqlBatchCommand> commands = PostgresHybridQuery.Create(_table, rows, property, vector, text, [.. keywords], RecordFilterReader.Read(options.Filter, Model), top, options.Skip);
        foreach (VectorSearchResult<TRecord> result in await _session.QueryAsync("HybridSearch", commands, row => ReadResult(row, rows, score => score), cancellationToken))
        {
            if (result.Score >= (options.ScoreThreshold ?? 0))
                yield return result;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType == typeof(NpgsqlDataSource) ? _dataSource
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    private static VectorSearchResult<TRecord> ReadResult(NpgsqlDataReader row, PostgresRowReader<TRecord> rows, Func<double, double> score) => new(rows.Read(row), score(row.GetDouble(rows.Count)));

    private PostgresRowReader<TRecord> RowReader(bool includeVectors) => includeVectors && Model.EmbeddingGenerationRequired
        ? throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration)
        : new(Model, includeVectors);

    private async Task<IEnumerable<TRecord>> GetByKeysAsync(IEnumerable<TKey> keys, RecordRetrievalOptions? options, CancellationToken cancellationToken)
    {
        Array all = StoreKey.ToArray(Model, keys);
        if (all.Length == 0)
            return [];
        var rows = RowReader(options?.IncludeVectors ?? false);
        List<TRecord> found = await _session.QueryAsync("Get", [PostgresQueries.ByKeys(_table, rows, all)], rows.Read, cancellationToken);
        Dictionary<object, TRecord> byKey = found.ToDictionary(record => StoreKey.Of(Model, record));
        return all.Cast<object>().Select(byKey.GetValueOrDefault).OfType<TRecord>();
    }
}
