using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Registers Qdrant as an application's vector store.</summary>
public static class QdrantServiceCollectionExtensions
{
    /// <summary>Registers <see cref="QdrantVectorStore"/> and <see cref="VectorStore"/>, with an HTTP client of their own.</summary>
    /// <remarks>Where the options name no embedding generator, the registered <see cref="IEmbeddingGenerator"/> is used, if there is one.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="endpoint">The server's address, such as http://localhost:6333.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddQdrantVectorStore(this IServiceCollection services, Uri endpoint, Action<QdrantVectorStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Add(services, provider => new QdrantVectorStore(endpoint, Options(provider, configure)));
    }

    /// <summary>Registers <see cref="QdrantVectorStore"/> and <see cref="VectorStore"/> over an HTTP client, one that retries, say.</summary>
    /// <remarks>Where the options name no embedding generator, the registered <see cref="IEmbeddingGenerator"/> is used, if there is one.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="client">Gives the client, whose base address is the server's. It is not disposed.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddQdrantVectorStore(this IServiceCollection services, Func<IServiceProvider, HttpClient> client, Action<QdrantVectorStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Add(services, provider => new QdrantVectorStore(client(provider), Options(provider, configure)));
    }

    private static IServiceCollection Add(IServiceCollection services, Func<IServiceProvider, QdrantVectorStore> create)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(create);
        services.AddSingleton<VectorStore>(provider => provider.GetRequiredService<QdrantVectorStore>());
        return services;
    }

    private static QdrantVectorStoreOptions Options(IServiceProvider provider, Action<QdrantVectorStoreOptions>? configure)
    {
        var options = new QdrantVectorStoreOptions();
        configure?.Invoke(options);
        options.EmbeddingGenerator ??= provider.GetService<IEmbeddingGenerator>() ?? provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>();
        return options;
    }
}
