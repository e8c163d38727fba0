using System.Text.Json;
using AgentRouter.Expressions;

namespace AgentRouter.Tools.Functions;

/// <summary>Reads what JSON schemas of tools say, as far as workflows check it.</summary>
internal static class JsonSchemaTypes
{
    private const int MaxDepth = 16;

    /// <summary>Gets the type that a schema describes; <see cref="DataType.Any"/> where it says nothing that is known.</summary>
    public static DataType Read(JsonElement schema) => Read(schema, 0);

    /// <summary>Gets the names of an object's properties, or <see langword="null"/> when the schema allows others too.</summary>
    public static IReadOnlyList<string>? Properties(JsonElement schema) =>
        Field(schema, "properties") is { ValueKind: JsonValueKind.Object } properties ? [.. properties.EnumerateObject().Select(property => property.Name)] : null;

    /// <summary>Gets the properties of an object and their types.</summary>
    public static IEnumerable<(string Name, DataType Type)> PropertyTypes(JsonElement schema) =>
        Field(schema, "properties") is { ValueKind: JsonValueKind.Object } properties ? properties.EnumerateObject().Select(property => (property.Name, Read(property.Value))) : [];

    /// <summary>Gets the names of the properties that must be there.</summary>
    public static IReadOnlyList<string> Required(JsonElement schema) =>
        Field(schema, "required") is { ValueKind: JsonValueKind.Array } required
            ? [.. required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];

    private static DataType Read(JsonElement schema, int depth)
    {
        if (depth > MaxDepth || Field(schema, "type") is not { ValueKind: JsonValueKind.String } type) return DataType.Any;
        return type.GetString() switch
        {
            "string" => DataType.Text,
            "number" or "integer" => DataType.Number,
            "boolean" => DataType.Boolean,
            "array" => new DataType.List(Field(schema, "items") is { } items ? Read(items, depth + 1) : DataType.Any),
            "object" when Field(schema, "properties") is { ValueKind: JsonValueKind.Object } properties =>
                new DataType.Object(properties.EnumerateObject().ToDictionary(property => property.Name, property => Read(property.Value, depth + 1))),
            _ => DataType.Any,
        };
    }

    private static JsonElement? Field(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out JsonElement field) ? field : null;
}
