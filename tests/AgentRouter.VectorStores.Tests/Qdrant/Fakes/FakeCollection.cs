using System.Text.Json.Nodes;

namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>A collection of the fake server.</summary>
internal sealed class FakeCollection
{
    private readonly Dictionary<string, FakeVectorSpace> _vectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _indexes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<FakePointId, FakePoint> _points = [];

    public FakeCollection(JsonObject body)
    {
        FakeRefusalException.UnlessKeys(body, ["vectors"]);
        foreach ((string name, JsonNode? vector) in body["vectors"]!.AsObject())
            _vectors[name] = new FakeVectorSpace(vector!.AsObject());
    }

    public JsonNode AddIndex(JsonObject body)
    {
        FakeRefusalException.UnlessKeys(body, ["field_name", "field_schema"]);
        string schema = (string)body["field_schema"]!;
        FakeRefusalException.Unless(schema is "keyword" or "integer" or "float" or "bool" or "datetime", 400, $"Format error in JSON body: unknown schema `{schema}`");
        _indexes[FakePath.Parse((string)body["field_name"]!)] = schema;
        return Done();
    }

    public JsonNode Upsert(JsonObject body, bool isWaitedFor)
    {
        FakeRefusalException.UnlessKeys(body, ["points"]);
        var points = body["points"]!.AsArray().Select(point => FakePoint.Parse(point!.AsObject(), _vectors)).ToList();
        foreach (FakePoint point in points.Where(_ => isWaitedFor))
            _points[point.Id] = point;
        return Done();
    }

    public JsonNode Delete(JsonObject body, bool isWaitedFor)
    {
        FakeRefusalException.UnlessKeys(body, ["points"]);
        foreach (JsonNode? id in body["points"]!.AsArray().Where(_ => isWaitedFor))
            _points.Remove(FakePointId.Parse(id!));
        return Done();
    }

    public JsonNode Get(JsonObject body)
    {
        FakeRefusalException.UnlessKeys(body, ["ids"], "with_payload", "with_vector");
        // in an order of its own
        return new JsonArray([.. body["ids"]!.AsArray().Select(id => _points.GetValueOrDefault(FakePointId.Parse(id!))).OfType<FakePoint>().Reverse().Select(point => point.ToJson(body))]);
    }

    public JsonNode Scroll(JsonObject body)
    {
        FakeRefusalException.UnlessKeys(body, [], "filter", "limit", "offset", "order_by", "with_payload", "with_vector");
        int limit = (int)(body["limit"] ?? 10);
        FakeRefusalException.Unless(limit > 0, 422, "Validation error in JSON body: [limit: value 0 invalid, must be 1 or larger]");
        IEnumerable<FakePoint> found = _points.Values.Where(point => FakeFilter.Matches(body["filter"]?.AsObject(), point));
        JsonNode? next = null;
        if (body["order_by"] is JsonObject order)
        {
            FakeRefusalException.UnlessKeys(order, ["key"], "direction");
            FakeRefusalException.Unless(!body.ContainsKey("offset"), 400, "Bad request: Cannot use an `offset` when using `order_by`");
            string key = FakePath.Parse((string)order["key"]!);
            FakeRefusalException.Unless(_indexes.GetValueOrDefault(key) is "integer" or "float" or "datetime", 400, $"Bad request: No range index for `order_by` key: `{key}`");
            found = (string?)order["direction"] == "desc" ? found.OrderByDescending(point => FakeFilter.Rank(point.Payload[key])) : found.OrderBy(point => FakeFilter.Rank(point.Payload[key]));
        }
        else
        {
            FakePointId? from = body["offset"] is { } offset ? FakePointId.Parse(offset) : null;
            FakePoint[] page = [.. found.Where(point => from is null || point.Id.CompareTo(from) >= 0).Take(limit + 1)];
            next = page.Length > limit ? page[limit].Id.ToJson() : null;
            found = page;
        }

        return new JsonObject { ["points"] = new JsonArray([.. found.Take(limit).Select(point => point.ToJson(body))]), ["next_page_offset"] = next };
    }

    public JsonNode Query(JsonObject body)
    {
        FakeRefusalException.UnlessKeys(body, ["query"], "using", "filter", "limit", "offset", "score_threshold", "with_payload", "with_vector");
        string name = (string?)body["using"] ?? "";
        FakeRefusalException.Unless(_vectors.TryGetValue(name, out FakeVectorSpace? space), 400, $"Wrong input: Not existing vector name error: {name}");
        float[] query = space.Accept(body["query"]!.AsArray());
        double? threshold = (double?)body["score_threshold"];
        IEnumerable<(FakePoint Point, double Score)> scored = _points.Values
            .Where(point => point.Vectors.ContainsKey(name) && FakeFilter.Matches(body["filter"]?.AsObject(), point))
            .Select(point => (point, space.Score(point.Vectors[name], query)))
            .OrderBy(one => space.HigherIsCloser ? -one.Item2 : one.Item2)
            .Where(one => threshold is null || (space.HigherIsCloser ? one.Item2 >= threshold : one.Item2 <= threshold))
            .Skip((int)(body["offset"] ?? 0)).Take((int)(body["limit"] ?? 10));
        return new JsonObject { ["points"] = new JsonArray([.. scored.Select(one => one.Point.ToJson(body, one.Score))]) };
    }

    private static JsonObject Done() => new() { ["operation_id"] = 0, ["status"] = "completed" };
}
