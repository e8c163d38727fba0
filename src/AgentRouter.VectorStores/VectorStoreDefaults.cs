namespace AgentRouter.VectorStores;

/// <summary>What both stores do where nothing else is said.</summary>
internal static class VectorStoreDefaults
{
    /// <summary>Embeddings of text are compared by their angle.</summary>
    public const string DistanceFunction = Microsoft.Extensions.VectorData.DistanceFunction.CosineSimilarity;

    /// <summary>An approximate index: exact search reads every vector.</summary>
    public const string IndexKind = Microsoft.Extensions.VectorData.IndexKind.Hnsw;
}
