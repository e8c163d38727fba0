using System.Text.Json.Nodes;
using AgentRouter.VectorStores.Filters;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Writes a filter as Qdrant's conditions. A condition on a missing value is false, and <c>must_not</c> of it true, as in C#.</summary>
internal static class QdrantFilter
{
    /// <summary>Writes a filter; null for one that every record passes.</summary>
    public static JsonObject? Write(RecordFilter filter) => filter is RecordFilter.Constant { Value: true } ? null : Clause("must", [filter]);

    /// <summary>Gets the path of a payload's value: names that are not plain words are quoted, or a dot in them would lead into the value.</summary>
    public static string PathOf(PropertyModel property) =>
        property.StorageName.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? property.StorageName : $"\"{property.StorageName}\"";

    private static JsonObject Clause(string name, IReadOnlyList<RecordFilter> parts) => new() { [name] = new JsonArray([.. parts.Select(Condition)]) };

    private static JsonObject Condition(RecordFilter filter) => filter switch
    {
        RecordFilter.All all => Clause("must", all.Parts),
        RecordFilter.Any any => Clause("should", any.Parts),
        RecordFilter.Not not => Clause("must_not", [not.Part]),
        RecordFilter.Constant { Value: false } => HasId([]),
        RecordFilter.IsNull isNull => IsNull(isNull.Property),
        // keys are compared only for equality: neither kind has an order in C# that the reader takes
        RecordFilter.Comparison { Property: KeyPropertyModel } comparison => HasId([comparison.Value]),
        RecordFilter.Comparison comparison => Compare(comparison.Property, comparison.Kind, comparison.Value),
        RecordFilter.OneOf { Property: KeyPropertyModel } oneOf => HasId(oneOf.Values),
        RecordFilter.OneOf oneOf => OneOf(oneOf.Property, oneOf.Values),
        RecordFilter.Holds holds => Compare(holds.Property, ComparisonKind.Equal, holds.Value),
        _ => throw new NotSupportedException($"Qdrant does not filter by {filter.GetType().Name}."),
    };

    private static JsonObject HasId(IReadOnlyList<object> keys) => new() { ["has_id"] = new JsonArray([.. keys.Select(QdrantValues.ToJson)]) };

    /// <summary>A list may be there and empty; a single value is as good as null when it is not there at all.</summary>
    private static JsonObject IsNull(PropertyModel property) => property is KeyPropertyModel
        ? HasId([])
        : new() { [RecordTypes.ElementOf(property.Type) is null ? "is_empty" : "is_null"] = new JsonObject { ["key"] = PathOf(property) } };

    private static JsonObject Compare(PropertyModel property, ComparisonKind kind, object value)
    {
        if (kind != ComparisonKind.Equal)
            return Field(property, "range", new() { [NameOf(kind)] = QdrantValues.ToJson(value) });
        return IsMatched(property, value)
            ? Field(property, "match", new() { ["value"] = QdrantValues.ToJson(value) })
            : Field(property, "range", new() { ["gte"] = QdrantValues.ToJson(value), ["lte"] = QdrantValues.ToJson(value) });
    }

    private static JsonObject OneOf(PropertyModel property, IReadOnlyList<object> values) => IsMatched(property, values[0]) && values[0] is not bool
        ? Field(property, "match", new() { ["any"] = new JsonArray([.. values.Select(QdrantValues.ToJson)]) })
        : new() { ["should"] = new JsonArray([.. values.Select(value => Compare(property, ComparisonKind.Equal, value))]) };

    private static JsonObject Field(PropertyModel property, string kind, JsonObject condition) => new() { ["key"] = PathOf(property), [kind] = condition };

    /// <summary>Says whether Qdrant matches such values; fractions and times it only knows in ranges.</summary>
    private static bool IsMatched(PropertyModel property, object value)
    {
        Type type = RecordTypes.ElementOf(property.Type) ?? Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        return !QdrantValues.IsFraction(type) && !QdrantValues.IsTime(type) && !QdrantValues.IsFraction(value.GetType());
    }

    private static string NameOf(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => "lt",
        ComparisonKind.LessOrEqual => "lte",
        ComparisonKind.Greater => "gt",
        _ => "gte",
    };
}
