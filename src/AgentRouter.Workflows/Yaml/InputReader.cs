using System.Text.Json.Nodes;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads the inputs of a workflow: <c>issue: text</c>, or a mapping with type, description, default and choices.</summary>
internal static class InputReader
{
    private static readonly Dictionary<string, InputType> Types = new()
    {
        ["text"] = InputType.Text,
        ["number"] = InputType.Number,
        ["boolean"] = InputType.Boolean,
        ["file"] = InputType.File,
        ["directory"] = InputType.Directory,
        ["list"] = InputType.List,
    };

    public static IReadOnlyList<InputDefinition> Read(MapReader? map, string root, SourceMap sources)
    {
        List<InputDefinition> inputs = [];
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
            inputs.Add(sources.Attach(ReadOne(map!.File, name, key, value, root), map.File, value));
        return inputs;
    }

    private static InputDefinition ReadOne(YamlFile file, string name, YamlNode key, YamlNode value, string root)
    {
        var input = new InputDefinition { Name = name, Location = file.At(key) };
        if (value is YamlScalarNode { Value: { } word } && !YamlFile.IsNull(value))
        {
            if (Types.TryGetValue(word, out InputType type))
                return input with { Type = type };
            file.Unknown(value, $"There is no input type '{word}'.", word, Types.Keys);
            return input;
        }

        var map = new MapReader(file, value, $"input '{name}'", key);
        if (map.Require("type", $"type: {string.Join(" or ", Types.Keys)}") is not null)
            input = input with { Type = map.Choice("type", Types) ?? InputType.Text };
        input = input with
        {
            Description = map.Text("description"),
            Choices = map.Texts("choices"),
            Default = map.Find("default") is { } given ? Default(given, input.Type, root) : null,
        };
        map.Finish();
        return input;
    }

    private static JsonNode? Default(YamlNode given, InputType type, string root) => type switch
    {
        InputType.Text when given is YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        InputType.File or InputType.Directory when given is YamlScalarNode { Value: { Length: > 0 } path } => JsonValue.Create(ProjectFolder.Resolve(root, path)),
        _ => JsonValues.From(given),
    };
}
