using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads arguments or inputs by name: texts are templates, everything else is JSON.</summary>
internal static class ArgumentsReader
{
    public static IReadOnlyDictionary<string, object?> Read(MapReader? map)
    {
        var arguments = new Dictionary<string, object?>();
        foreach ((string key, _, YamlNode value) in map?.All() ?? [])
        {
            if (JsonValues.IsText(value))
                arguments[key] = Values.Template(map!.File, value, map.Of(key));
            else
                arguments[key] = JsonOf(map!.File, value);
        }

        return arguments;
    }

    private static JsonNode? JsonOf(YamlFile file, YamlNode value)
    {
        foreach (YamlNode inner in value.AllNodes)
        {
            if (inner is YamlScalarNode { Value: { } text } && text.Contains("{{", StringComparison.Ordinal))
                file.Error(inner, "Expressions in double braces are filled in only in texts, not within lists and mappings.", "Give the whole list by one expression: \"{{ plan.files }}\".");
        }

        return JsonValues.From(value);
    }
}
