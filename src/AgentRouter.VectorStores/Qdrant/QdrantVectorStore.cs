using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Collections of records with vectors in Qdrant, over its documented REST API. Needs Qdrant 1.10 or newer, which has the query endpoint.</summary>
/// <remarks>Vectors have names, those of their properties, also where there is one: collections that others made with a vector without a name cannot be
/// searched. Requests are sent once; hand in an HTTP client that retries where you want retries.</remarks>
public sealed class QdrantVectorStore : VectorStore
{
    private readonly HttpClient _client;
    private readonly bool _ownsClient;
    private readonly Uri _endpoint;
    private readonly string? _apiKey;
    private readonly IEmbeddingGenerator? _embeddingGenerator;
    private readonly VectorStoreMetadata _metadata = new() { VectorStoreSystemName = QdrantDefaults.SystemName };
    private readonly QdrantSession _session;

    /// <summary>Makes a store over an application's HTTP client.</summary>
    /// <param name="client">Reaches the server; its base address is the server's. The caller disposes it, after the store. Let it not follow redirects: they would
    /// carry the key along.</param>
    /// <param name="options">How Qdrant is reached; copied.</param>
    /// <exception cref="ArgumentException">The client has no base address, or the key is none that a header can hold.</exception>
    public QdrantVectorStore(HttpClient client, QdrantVectorStoreOptions? options = null)
        : this(client, ownsClient: false, (client ?? throw new ArgumentNullException(nameof(client))).BaseAddress, options)
    {
    }

    /// <summary>Makes a store with an HTTP client of its own, which follows no redirects and is disposed with the store.</summary>
    /// <param name="endpoint">The server's address, such as http://localhost:6333.</param>
    /// <param name="options">How Qdrant is reached; copied.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or the key is none that a header can hold.</exception>
    public QdrantVectorStore(Uri endpoint, QdrantVectorStoreOptions? options = null)
        : this(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), ownsClient: true, endpoint ?? throw new ArgumentNullException(nameof(endpoint)), options)
    {
    }

    private QdrantVectorStore(HttpClient client, bool ownsClient, Uri? endpoint, QdrantVectorStoreOptions? options)
    {
        if (endpoint is not { IsAbsoluteUri: true } || endpoint.Scheme is not ("http" or "https"))
            throw new ArgumentException("The address of Qdrant is missing; it is the HTTP client's base address, such as http://localhost:6333.");
        if (options?.ApiKey is { } key && (key.Length == 0 || key.Any(letter => letter is < '!' or > '~')))
            throw new ArgumentException("The API key is empty or holds a space, a line break or a letter outside ASCII; no header can carry it.");
        (_client, _ownsClient, _apiKey, _embeddingGenerator) = (client, ownsClient, options?.ApiKey, options?.EmbeddingGenerator);
        // paths are appended to it
        _endpoint = new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        _session = new(client, _endpoint, _apiKey, null);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Qdrant does not take the name.</exception>
    /// <exception cref="NotSupportedException">Points cannot hold such records; the message names the property.</exception>
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        QdrantModelBuilder.CheckName(name);
        return new QdrantCollection<TKey, TRecord>(name, new QdrantSession(_client, _endpoint, _apiKey, name), new QdrantModelBuilder().Build<TKey, TRecord>(definition, _embeddingGenerator));
    }

    /// <inheritdoc/>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        GetCollection<object, Dictionary<string, object?>>(name, definition);

    /// <summary>Lists the collections by name.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The names.</returns>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] names = await _session.RunAsync("ListCollectionNames", async () =>
        {
            JsonElement result = await _session.SendAsync(HttpMethod.Get, "collections", default(ReadOnlyMemory<byte>?), cancellationToken);
            return result.GetProperty("collections").EnumerateArray().Select(collection => collection.GetProperty("name").GetString()!).Order(StringComparer.Ordinal).ToArray();
        });
        foreach (string name in names)
            yield return name;
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        QdrantModelBuilder.CheckName(name);
        return _session.RunAsync("CollectionExists", () => _session.ExistsAsync(name, cancellationToken));
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        QdrantModelBuilder.CheckName(name);
        return _session.RunAsync("EnsureCollectionDeleted", () => _session.DeleteAsync(name, cancellationToken));
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType == typeof(HttpClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsClient)
            _client.Dispose();
        base.Dispose(disposing);
    }
}
