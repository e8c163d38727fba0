using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>The distance functions that Qdrant knows, by its names. Its scores are theirs, so none is converted.</summary>
internal static class QdrantDistance
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [DistanceFunction.CosineSimilarity] = "Cosine",
        [DistanceFunction.DotProductSimilarity] = "Dot",
        [DistanceFunction.EuclideanDistance] = "Euclid",
        [DistanceFunction.ManhattanDistance] = "Manhattan",
    };

    public static string Of(VectorPropertyModel property) => Known.TryGetValue(property.DistanceFunction ?? VectorStoreDefaults.DistanceFunction, out string? name)
        ? name
        : throw new NotSupportedException($"The distance function '{property.DistanceFunction}' of '{property.ModelName}' is not known to Qdrant; it knows {string.Join(", ", Known.Keys)}.");
}
