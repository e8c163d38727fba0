using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.VectorStores.Records;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>The form in which values of records are kept in a payload.</summary>
internal static class QdrantValues
{
    /// <summary>Gets the types of single values. There is no decimal: Qdrant's numbers are integers of 64 bits and doubles.</summary>
    public static IReadOnlySet<Type> ScalarTypes { get; } =
        new HashSet<Type> { typeof(bool), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset) };

    /// <summary>Gets the kind of payload index for a type of values.</summary>
    public static string IndexOf(Type type) => (RecordTypes.ElementOf(type) ?? Nullable.GetUnderlyingType(type) ?? type) switch
    {
        Type scalar when scalar == typeof(bool) => "bool",
        Type scalar when IsInteger(scalar) => "integer",
        Type scalar when IsFraction(scalar) => "float",
        Type scalar when IsTime(scalar) => "datetime",
        _ => "keyword",
    };

    public static bool IsInteger(Type type) => type == typeof(short) || type == typeof(int) || type == typeof(long);

    public static bool IsFraction(Type type) => type == typeof(float) || type == typeof(double) || type == typeof(decimal);

    public static bool IsTime(Type type) => type == typeof(DateTime) || type == typeof(DateTimeOffset);

    /// <summary>Gets the JSON of a single value. A float is kept as the double it is, so that a comparison finds it.</summary>
    public static JsonNode ToJson(object value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        short number => JsonValue.Create((long)number),
        int number => JsonValue.Create((long)number),
        long number => JsonValue.Create(number),
        ulong number => JsonValue.Create(number),
        float number => JsonValue.Create((double)number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create((double)number),
        Guid id => JsonValue.Create(id.ToString("D")),
        DateTime time => JsonValue.Create(RecordTypes.ToUtc(time).ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => JsonValue.Create(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        _ => JsonValue.Create((string)value),
    };

    /// <summary>Gets the value of a property from JSON that is not null.</summary>
    public static object FromJson(JsonElement json, Type type)
    {
        if (RecordTypes.ElementOf(type) is { } element)
        {
            var items = Array.CreateInstance(element, json.GetArrayLength());
            int next = 0;
            foreach (JsonElement item in json.EnumerateArray())
                items.SetValue(item.ValueKind == JsonValueKind.Null ? null : FromJson(item, element), next++);
            return RecordTypes.ToList(items, type);
        }

        return (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            Type scalar when scalar == typeof(bool) => json.GetBoolean(),
            Type scalar when scalar == typeof(short) => json.GetInt16(),
            Type scalar when scalar == typeof(int) => json.GetInt32(),
            Type scalar when scalar == typeof(long) => json.GetInt64(),
            Type scalar when scalar == typeof(ulong) => json.GetUInt64(),
            Type scalar when scalar == typeof(float) => (float)json.GetDouble(),
            Type scalar when scalar == typeof(double) => json.GetDouble(),
            Type scalar when scalar == typeof(Guid) => Guid.Parse(json.GetString()!),
            Type scalar when scalar == typeof(DateTime) => json.GetDateTimeOffset().UtcDateTime,
            Type scalar when scalar == typeof(DateTimeOffset) => json.GetDateTimeOffset(),
            _ => json.GetString()!,
        };
    }
}
