using AgentRouter.Expressions;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads types: <c>text</c>, <c>number</c>, <c>boolean</c>, <c>any</c>, <c>list</c>, <c>[text]</c>, <c>{ name: text }</c>.</summary>
internal static class TypeReader
{
    private static readonly Dictionary<string, DataType> Words = new()
    {
        ["text"] = DataType.Text,
        ["number"] = DataType.Number,
        ["boolean"] = DataType.Boolean,
        ["any"] = DataType.Any,
        ["list"] = new DataType.List(DataType.Any),
    };

    private static readonly Dictionary<string, string> OtherWords = new()
    {
        ["string"] = "text",
        ["str"] = "text",
        ["integer"] = "number",
        ["int"] = "number",
        ["float"] = "number",
        ["double"] = "number",
        ["bool"] = "boolean",
        ["array"] = "list",
        ["object"] = "{ field: text }",
    };

    /// <summary>Reads the fields of an answer.</summary>
    public static DataType? Fields(YamlFile file, YamlNode? node, string what)
    {
        if (node is null)
            return null;
        var map = new MapReader(file, node, what);
        var fields = new Dictionary<string, DataType>();
        foreach ((string key, _, YamlNode value) in map.All())
            fields[key] = Read(file, value, $"'{key}' of {what}");
        if (node is YamlMappingNode && fields.Count == 0)
            file.Error(node, $"{MapReader.Capital(what)} has no fields.", "Add them with their types: { approved: boolean, comment: text }.");
        return new DataType.Object(fields);
    }

    /// <summary>Reads any type.</summary>
    public static DataType Read(YamlFile file, YamlNode node, string what)
    {
        switch (node)
        {
            case YamlMappingNode:
                return Fields(file, node, what) ?? DataType.Any;
            case YamlSequenceNode { Children: [var element] }:
                return new DataType.List(Read(file, element, $"the elements of {what}"));
            case YamlScalarNode { Value: { } word } when Words.TryGetValue(word, out DataType? type):
                return type;
            case YamlScalarNode { Value: { } word } when OtherWords.TryGetValue(word, out string? ours):
                file.Error(node, $"There is no type '{word}'.", $"Did you mean '{ours}'?");
                return DataType.Any;
            case YamlScalarNode { Value: { Length: > 0 } word }:
                file.Unknown(node, $"There is no type '{word}'.", word, Words.Keys);
                return DataType.Any;
            default:
                file.Error(node, $"{MapReader.Capital(what)} should be a type.", "Write text, number, boolean, any, list, [text] for a list of texts, or { name: text } for an object.");
                return DataType.Any;
        }
    }
}
