using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Turns YAML into JSON. Only plain scalars are null, true, false or numbers; what is in quotes is a text.</summary>
internal static class JsonValues
{
    public static JsonNode? From(YamlNode node) => node switch
    {
        YamlMappingNode map => FromMap(map),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(From)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => FromPlain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    /// <summary>Tells whether a scalar is a text, not null, true, false or a number.</summary>
    public static bool IsText(YamlNode node) => node is YamlScalarNode && From(node) is JsonValue value && value.TryGetValue(out string? _);

    private static JsonObject FromMap(YamlMappingNode map)
    {
        var json = new JsonObject();
        foreach ((YamlNode key, YamlNode value) in map.Children)
            json[(key as YamlScalarNode)?.Value ?? ""] = From(value);
        return json;
    }

    private static JsonValue? FromPlain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => JsonValue.Create(whole),
        _ when IsNumber(text, out double number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static bool IsNumber(string text, out double number)
    {
        number = 0;
        return (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
