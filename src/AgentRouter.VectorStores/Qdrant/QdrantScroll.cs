using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Reads points page by page, in the order of their ids; or, where another order is asked for, which Qdrant gives without pages, all at once.</summary>
internal sealed class QdrantScroll(JsonObject? filter, JsonObject? order, bool includeVectors, long count)
{
    public async Task<List<JsonElement>> ReadAsync(QdrantSession session, string path, CancellationToken cancellationToken)
    {
        var points = new List<JsonElement>();
        JsonElement next = default;
        do
        {
            JsonElement page = await session.SendAsync(HttpMethod.Post, $"{path}/points/scroll", Request(count - points.Count, next), cancellationToken);
            points.AddRange(page.GetProperty("points").EnumerateArray());
            next = page.TryGetProperty("next_page_offset", out JsonElement offset) ? offset : default;
        }
        while (points.Count < count && order is null && next.ValueKind is JsonValueKind.String or JsonValueKind.Number);
        return points;
    }

    private JsonObject Request(long missing, JsonElement next)
    {
        var request = new JsonObject { ["limit"] = order is null ? Math.Min(missing, QdrantDefaults.PageSize) : missing, ["with_payload"] = true, ["with_vector"] = includeVectors };
        if (filter is not null)
            request["filter"] = filter.DeepClone();
        if (order is not null)
            request["order_by"] = order.DeepClone();
        if (next.ValueKind != JsonValueKind.Undefined)
            request["offset"] = JsonNode.Parse(next.GetRawText());
        return request;
    }
}
