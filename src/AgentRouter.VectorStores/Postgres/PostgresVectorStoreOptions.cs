using Microsoft.Extensions.AI;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>How collections are kept in PostgreSQL.</summary>
public sealed class PostgresVectorStoreOptions
{
    /// <summary>Gets or sets the schema of the collections' tables. It must exist.</summary>
    public string Schema { get; set; } = "public";

    /// <summary>Gets or sets the generator of embeddings, where a property or a definition names none. It is not disposed.</summary>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <summary>Gets or sets the text search configuration of full-text indexes and hybrid search, which says in which language words are: one of
    /// <c>pg_ts_config</c>. A collection is searched with the one it was made with.</summary>
    public string TextSearchConfiguration { get; set; } = "english";
}
