using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Collections of records with vectors in PostgreSQL, each a table. Needs pgvector 0.8 or newer.</summary>
/// <remarks>A collection's table is made by <see cref="VectorStoreCollection{TKey, TRecord}.EnsureCollectionExistsAsync"/>, together with the extension
/// where it is missing; a table that exists is used as it is. One operation holds one connection, and none between two results.</remarks>
public sealed class PostgresVectorStore : VectorStore
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly bool _ownsDataSource;
    private readonly PostgresSession _session;
    private readonly VectorStoreMetadata _metadata;
    private readonly string _schema;
    private readonly string _textSearchConfiguration;
    private readonly IEmbeddingGenerator? _embeddingGenerator;

    /// <summary>Makes a store over an application's data source.</summary>
    /// <param name="dataSource">Gives the connections; it needs no plug-in. The caller disposes it, after the store.</param>
    /// <param name="options">How collections are kept; copied.</param>
    /// <exception cref="ArgumentException">The schema's name is empty or longer than 63 bytes.</exception>
    public PostgresVectorStore(NpgsqlDataSource dataSource, PostgresVectorStoreOptions? options = null)
        : this(dataSource, ownsDataSource: false, options)
    {
    }

    /// <summary>Makes a store with connections of its own, closed when it is disposed.</summary>
    /// <param name="connectionString">An Npgsql connection string. It is in no message and no exception of the store.</param>
    /// <param name="options">How collections are kept; copied.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or the schema's name is empty or longer than 63 bytes.</exception>
    public PostgresVectorStore(string connectionString, PostgresVectorStoreOptions? options = null)
        : this(PostgresConnectionString.Open(connectionString), ownsDataSource: true, options)
    {
    }

    private PostgresVectorStore(NpgsqlDataSource dataSource, bool ownsDataSource, PostgresVectorStoreOptions? options)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new();
        (_dataSource, _ownsDataSource) = (dataSource, ownsDataSource);
        _schema = PostgresModelBuilder.CheckName(options.Schema, "the schema");
        _textSearchConfiguration = PostgresModelBuilder.CheckName(options.TextSearchConfiguration, "the text search configuration");
        _embeddingGenerator = options.EmbeddingGenerator;
        _metadata = new() { VectorStoreSystemName = PostgresDefaults.SystemName, VectorStoreName = PostgresConnectionString.DatabaseOf(dataSource) };
        _session = new(dataSource, _metadata.VectorStoreName, null);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is empty or longer than 63 bytes.</exception>
    /// <exception cref="NotSupportedException">The table cannot hold such records; the message names the property.</exception>
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        PostgresModelBuilder.CheckName(name, "the collection");
        var table = new PostgresTable(_schema, name, new PostgresModelBuilder().Build<TKey, TRecord>(definition, _embeddingGenerator), _textSearchConfiguration);
        return new PostgresCollection<TKey, TRecord>(_dataSource, table, _metadata);
    }

    /// <inheritdoc/>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        GetCollection<object, Dictionary<string, object?>>(name, definition);

    /// <summary>Lists the tables of the schema that have a vector, by name.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The names.</returns>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string name in await _session.QueryAsync("ListCollectionNames", [PostgresSchema.List(_schema)], row => row.GetString(0), cancellationToken))
            yield return name;
    }

    /// <inheritdoc/>
    public override async Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (await _session.QueryAsync("CollectionExists", [PostgresSchema.Exists(_schema, name)], row => row.GetBoolean(0), cancellationToken))[0];
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        PostgresModelBuilder.CheckName(name, "the collection");
        return _session.ExecuteAsync("EnsureCollectionDeleted", [PostgresSchema.Drop(_schema, name)], cancellationToken);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType == typeof(NpgsqlDataSource) ? _dataSource
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsDataSource)
            _dataSource.Dispose();
        base.Dispose(disposing);
    }
}
