using System.Text.Json.Nodes;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>What a node reader reads from.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Map">The node's mapping.</param>
/// <param name="Value">The value of the key that tells the kind; an empty scalar where it has none.</param>
/// <param name="Workflow">The workflow around it.</param>
internal sealed record NodeReading(string Name, MapReader Map, YamlNode Value, WorkflowReader Workflow)
{
    public YamlFile File => Map.File;

    public SourceMap Sources => Workflow.Session.Sources;

    /// <summary>Gets the mapping under the key that tells the kind: <c>human: { question: … }</c>.</summary>
    public MapReader Inner(string kind) => new(File, Value, $"'{kind}' of {Map.What}");

    /// <summary>Reads arguments or inputs by name: texts are templates, everything else is JSON.</summary>
    public IReadOnlyDictionary<string, object?> Arguments(MapReader? map)
    {
        var arguments = new Dictionary<string, object?>();
        foreach ((string key, _, YamlNode value) in map?.All() ?? [])
        {
            if (JsonValues.IsText(value))
                arguments[key] = Values.Template(File, value, map!.Of(key));
            else
                arguments[key] = JsonOf(value);
        }

        return arguments;
    }

    private JsonNode? JsonOf(YamlNode value)
    {
        foreach (YamlNode inner in value.AllNodes)
        {
            if (inner is YamlScalarNode { Value: { } text } && text.Contains("{{", StringComparison.Ordinal))
                File.Error(inner, "Expressions in double braces are filled in only in texts, not within lists and mappings.", "Give the whole list by one expression: \"{{ plan.files }}\".");
        }

        return JsonValues.From(value);
    }
}
