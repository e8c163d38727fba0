using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Tools.Functions;
using AgentRouter.Tools.Text;

namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>Reads what the schemas of tools promise.</summary>
internal static class ImportedSchemas
{
    private const int MaxDepth = 16;
    private const int MaxDescription = 400;

    /// <summary>Gets what the properties of a function's parameters are; empty for what is no object.</summary>
    public static IReadOnlyDictionary<string, CapabilityFact> Parameters(JsonElement schema)
    {
        var facts = new Dictionary<string, CapabilityFact>(StringComparer.Ordinal);
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
            return facts;
        // a name may stand twice in JSON; the last one counts, as for most readers
        foreach (JsonProperty property in properties.EnumerateObject())
            facts[property.Name] = new CapabilityFact(property.Name, JsonSchemaTypes.Read(property.Value), DescriptionOf(property.Value));
        return facts;
    }

    /// <summary>Tells whether two types are the same.</summary>
    public static bool AreSame(DataType one, DataType other) => (one, other) switch
    {
        (DataType.List first, DataType.List second) => AreSame(first.Element, second.Element),
        (DataType.Object first, DataType.Object second) => first.Fields.Count == second.Fields.Count
            && first.Fields.All(field => second.Fields.TryGetValue(field.Key, out DataType? type) && AreSame(field.Value, type)),
        _ => one == other,
    };

    /// <summary>Gets the type that every result has: of objects the fields that must be there, or all where the schema does not say which.</summary>
    public static DataType Promised(JsonElement? schema) => schema is { } given ? Promised(given, 0) : DataType.Any;

    private static DataType Promised(JsonElement schema, int depth)
    {
        if (depth > MaxDepth || schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String)
            return DataType.Any;
        return type.GetString() switch
        {
            "array" => new DataType.List(schema.TryGetProperty("items", out JsonElement items) ? Promised(items, depth + 1) : DataType.Any),
            "object" => new DataType.Object(Fields(schema, depth)),
            _ => JsonSchemaTypes.Read(schema),
        };
    }

    private static Dictionary<string, DataType> Fields(JsonElement schema, int depth)
    {
        var fields = new Dictionary<string, DataType>(StringComparer.Ordinal);
        if (!schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
            return fields;
        HashSet<string>? required = schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array ? [.. JsonSchemaTypes.Required(schema)] : null;
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (required?.Contains(property.Name) != false)
                fields[property.Name] = Promised(property.Value, depth + 1);
        }

        return fields;
    }

    private static string? DescriptionOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out JsonElement description) && description.ValueKind == JsonValueKind.String
            ? OutputCapture.Shorten(TerminalText.Clean(description.GetString()!), MaxDescription)
            : null;
}
