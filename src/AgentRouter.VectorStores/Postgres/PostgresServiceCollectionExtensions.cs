using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Registers PostgreSQL as an application's vector store.</summary>
public static class PostgresServiceCollectionExtensions
{
    /// <summary>Registers <see cref="PostgresVectorStore"/> and <see cref="VectorStore"/>, with connections of their own.</summary>
    /// <remarks>Where the options name no embedding generator, the registered <see cref="IEmbeddingGenerator"/> is used, if there is one.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPostgresVectorStore(this IServiceCollection services, string connectionString, Action<PostgresVectorStoreOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return Add(services, provider => new PostgresVectorStore(connectionString, Options(provider, configure)));
    }

    /// <summary>Registers <see cref="PostgresVectorStore"/> and <see cref="VectorStore"/> over the registered <see cref="NpgsqlDataSource"/>.</summary>
    /// <remarks>Where the options name no embedding generator, the registered <see cref="IEmbeddingGenerator"/> is used, if there is one.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPostgresVectorStore(this IServiceCollection services, Action<PostgresVectorStoreOptions>? configure = null) =>
        Add(services, provider => new PostgresVectorStore(provider.GetRequiredService<NpgsqlDataSource>(), Options(provider, configure)));

    private static IServiceCollection Add(IServiceCollection services, Func<IServiceProvider, PostgresVectorStore> create)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(create);
        services.AddSingleton<VectorStore>(provider => provider.GetRequiredService<PostgresVectorStore>());
        return services;
    }

    private static PostgresVectorStoreOptions Options(IServiceProvider provider, Action<PostgresVectorStoreOptions>? configure)
    {
        var options = new PostgresVectorStoreOptions();
        configure?.Invoke(options);
        options.EmbeddingGenerator ??= provider.GetService<IEmbeddingGenerator>() ?? provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>();
        return options;
    }
}
