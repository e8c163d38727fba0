using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>A distance function in pgvector: the operator that orders by it, the operator class of its index, and the score that callers see.</summary>
internal sealed record PostgresDistance(string Operator, string OperatorClass, Func<double, double> Score, bool HigherIsCloser)
{
    private static readonly Dictionary<string, PostgresDistance> Known = new(StringComparer.Ordinal)
    {
        [DistanceFunction.CosineSimilarity] = new("<=>", "vector_cosine_ops", distance => 1 - distance, true),
        [DistanceFunction.CosineDistance] = new("<=>", "vector_cosine_ops", distance => distance, false),
        // pgvector's <#> is the negative inner product, because its indexes only order upwards
        [DistanceFunction.DotProductSimilarity] = new("<#>", "vector_ip_ops", distance => -distance, true),
        [DistanceFunction.NegativeDotProductSimilarity] = new("<#>", "vector_ip_ops", distance => distance, false),
        [DistanceFunction.EuclideanDistance] = new("<->", "vector_l2_ops", distance => distance, false),
        [DistanceFunction.EuclideanSquaredDistance] = new("<->", "vector_l2_ops", distance => distance * distance, false),
        [DistanceFunction.ManhattanDistance] = new("<+>", "vector_l1_ops", distance => distance, false),
    };

    public static PostgresDistance Of(VectorPropertyModel property) => Known.TryGetValue(property.DistanceFunction ?? VectorStoreDefaults.DistanceFunction, out PostgresDistance? distance)
        ? distance
        : throw new NotSupportedException($"The distance function '{property.DistanceFunction}' of '{property.ModelName}' is not known to pgvector; it knows {string.Join(", ", Known.Keys)}.");

    /// <summary>Says whether a score is at least as good as a threshold.</summary>
    public bool Reaches(double score, double? threshold) => threshold is not { } limit || (HigherIsCloser ? score >= limit : score <= limit);
}
