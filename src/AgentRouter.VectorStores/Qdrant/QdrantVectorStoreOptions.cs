using Microsoft.Extensions.AI;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>How Qdrant is reached.</summary>
public sealed class QdrantVectorStoreOptions
{
    /// <summary>Gets or sets the key, which goes out in a header and into no message; null where the server asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the generator of embeddings, where a property or a definition names none. It is not disposed.</summary>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }
}
