using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>A point of the fake server.</summary>
internal sealed record FakePoint(FakePointId Id, Dictionary<string, float[]> Vectors, JsonObject Payload)
{
    public static FakePoint Parse(JsonObject body, IReadOnlyDictionary<string, FakeVectorSpace> spaces)
    {
        FakeRefusalException.UnlessKeys(body, ["id", "vector"], "payload");
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? vector) in body["vector"]!.AsObject())
        {
            FakeRefusalException.Unless(spaces.TryGetValue(name, out FakeVectorSpace? space), 400, $"Wrong input: Not existing vector name error: {name}");
            vectors[name] = space.Accept(vector!.AsArray());
        }

        return new(FakePointId.Parse(body["id"]!), vectors, body["payload"]?.DeepClone().AsObject() ?? []);
    }

    public JsonObject ToJson(JsonObject request, double? score = null)
    {
        var json = new JsonObject { ["id"] = Id.ToJson(), ["version"] = 0 };
        if (score is not null)
            json["score"] = score;
        if ((bool?)request["with_payload"] is true)
            json["payload"] = Payload.DeepClone();
        if ((bool?)request["with_vector"] is true)
            json["vector"] = JsonSerializer.SerializeToNode(Vectors);
        return json;
    }
}

/// <summary>The id of a point: an unsigned number or a UUID. Numbers come first.</summary>
internal sealed record FakePointId(ulong? Number, string Text) : IComparable<FakePointId>
{
    public static FakePointId Parse(JsonNode json)
    {
        if (json.GetValueKind() == JsonValueKind.Number)
            return new((ulong)json, "");
        FakeRefusalException.Unless(Guid.TryParse((string?)json, out Guid id), 400, $"Format error in JSON body: value {json} is not a valid point ID, valid values are either an unsigned integer or a UUID");
        return new(null, id.ToString());
    }

    public JsonNode ToJson() => Number is { } number ? JsonValue.Create(number) : JsonValue.Create(Text);

    public int CompareTo(FakePointId? other) => Number == other?.Number
        ? string.CompareOrdinal(Text, other?.Text)
        : (Number ?? ulong.MaxValue).CompareTo(other?.Number ?? ulong.MaxValue);
}
