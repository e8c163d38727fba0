using System.Text.Json.Nodes;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>What a collection is made of.</summary>
internal static class QdrantSchema
{
    public static JsonObject Collection(CollectionModel model)
    {
        var vectors = new JsonObject();
        foreach (VectorPropertyModel property in model.VectorProperties)
        {
            var vector = new JsonObject { ["size"] = property.Dimensions, ["distance"] = QdrantDistance.Of(property) };
            // a graph without edges: every search is exact
            if (property.IndexKind == IndexKind.Flat)
                vector["hnsw_config"] = new JsonObject { ["m"] = 0 };
            vectors[property.StorageName] = vector;
        }

        return new() { ["vectors"] = vectors };
    }

    /// <summary>Gets the payload indexes that are asked for. A full-text index is not made: nothing here searches by words.</summary>
    public static IEnumerable<JsonObject> Indexes(CollectionModel model) => model.DataProperties
        .Where(property => property.IsIndexed)
        .Select(property => new JsonObject { ["field_name"] = QdrantFilter.PathOf(property), ["field_schema"] = QdrantValues.IndexOf(property.Type) });

    /// <summary>Gets the order of a reading; null for that of the ids.</summary>
    /// <exception cref="NotSupportedException">Qdrant has no such order.</exception>
    public static JsonObject? Order(IReadOnlyList<(PropertyModel Property, bool Ascending)> order)
    {
        if (order.Count == 0)
            return null;
        if (order is not [(DataPropertyModel { IsIndexed: true } property, bool ascending)] || QdrantValues.IndexOf(property.Type) is not ("integer" or "float" or "datetime"))
            throw new NotSupportedException($"Qdrant orders by one indexed number or time, not by {string.Join(", ", order.Select(one => $"'{one.Property.ModelName}'"))}.");
        return new() { ["key"] = QdrantFilter.PathOf(property), ["direction"] = ascending ? "asc" : "desc" };
    }
}
