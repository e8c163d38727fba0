using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>Qdrant's filters: clauses of conditions, each true or false for a point.</summary>
internal static class FakeFilter
{
    public static bool Matches(JsonObject? filter, FakePoint point)
    {
        if (filter is null)
            return true;
        FakeRefusalException.UnlessKeys(filter, [], "must", "should", "must_not");
        // all are evaluated, so that a malformed one is refused wherever it stands
        bool[] must = Clause(filter, "must", point), should = Clause(filter, "should", point), mustNot = Clause(filter, "must_not", point);
        return must.All(holds => holds) && (should.Length == 0 || should.Any(holds => holds)) && !mustNot.Any(holds => holds);
    }

    /// <summary>Gets what a value is ordered by.</summary>
    public static double Rank(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => (double)value,
        JsonValueKind.String => Time(value).Ticks,
        _ => double.NaN,
    };

    private static bool[] Clause(JsonObject filter, string name, FakePoint point) => [.. (filter[name]?.AsArray() ?? []).Select(condition => Condition(condition!.AsObject(), point))];

    private static bool Condition(JsonObject condition, FakePoint point)
    {
        if (condition["has_id"] is JsonArray ids)
        {
            FakeRefusalException.UnlessKeys(condition, ["has_id"]);
            return ids.Select(id => FakePointId.Parse(id!)).ToArray().Contains(point.Id);
        }

        if (condition["is_null"] is JsonObject isNull)
            return point.Payload.TryGetPropertyValue(KeyOf(condition, isNull, "is_null"), out JsonNode? value) && value is null;
        if (condition["is_empty"] is JsonObject isEmpty)
            return point.Payload[KeyOf(condition, isEmpty, "is_empty")] is null or JsonArray { Count: 0 };
        if (!condition.ContainsKey("key"))
            return Matches(condition, point);
        FakeRefusalException.UnlessKeys(condition, ["key"], "match", "range");
        FakeRefusalException.Unless(condition.Count == 2, 400, "Format error in JSON body: a field condition has one of match and range");
        JsonNode? field = point.Payload[FakePath.Parse((string)condition["key"]!)];
        Func<JsonNode, bool> holds = condition["match"] is JsonObject match ? Match(match) : Range(condition["range"]!.AsObject());
        return field switch
        {
            null => false,
            JsonArray list => list.Any(item => item is not null && holds(item)),
            _ => holds(field),
        };
    }

    private static string KeyOf(JsonObject condition, JsonObject inner, string kind)
    {
        FakeRefusalException.UnlessKeys(condition, [kind]);
        FakeRefusalException.UnlessKeys(inner, ["key"]);
        return FakePath.Parse((string)inner["key"]!);
    }

    private static Func<JsonNode, bool> Match(JsonObject match)
    {
        FakeRefusalException.UnlessKeys(match, [], "value", "any");
        JsonNode[] values = match["any"] is JsonArray any ? [.. any.Select(value => value!)] : [match["value"]!];
        // strings, integers and truth values; a list of truth values or of mixed ones is not documented
        FakeRefusalException.Unless(values.All(value => value.GetValueKind() is JsonValueKind.String || (value.GetValueKind() is JsonValueKind.Number && long.TryParse(value.ToJsonString(), out _))
            || (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False && !match.ContainsKey("any"))), 400, "Format error in JSON body: data did not match any variant of untagged enum Match");
        FakeRefusalException.Unless(values.Select(value => value.GetValueKind()).Distinct().Count() == 1, 400, "Format error in JSON body: mixed values");
        return item => values.Any(value => JsonNode.DeepEquals(item, value));
    }

    private static Func<JsonNode, bool> Range(JsonObject range)
    {
        FakeRefusalException.UnlessKeys(range, [], "lt", "lte", "gt", "gte");
        bool isTime = range.All(bound => bound.Value!.GetValueKind() == JsonValueKind.String);
        FakeRefusalException.Unless(range.Count > 0 && (isTime || range.All(bound => bound.Value!.GetValueKind() == JsonValueKind.Number)), 400, "Format error in JSON body: range");
        return item =>
        {
            if (item.GetValueKind() != (isTime ? JsonValueKind.String : JsonValueKind.Number))
                return false;
            return range.All(bound => (bound.Key, Comparer<double>.Default.Compare(Rank(item), Rank(bound.Value))) is ("lt", < 0) or ("lte", <= 0) or ("gt", > 0) or ("gte", >= 0));
        };
    }

    private static DateTimeOffset Time(JsonNode value) => DateTimeOffset.Parse((string)value!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
