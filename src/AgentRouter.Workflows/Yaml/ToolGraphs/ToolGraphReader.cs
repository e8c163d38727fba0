using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>Reads a file of a tool graph. It reads form only; whether the parts fit together is checked by <see cref="ToolGraphAssembly"/>.</summary>
internal sealed class ToolGraphReader(YamlFile file, SourceMap sources)
{
    public ToolGraphPart Read(YamlMappingNode root)
    {
        var map = new MapReader(file, root, "the tool graph");
        List<(string Name, Placed<string> Text)> descriptions = [.. Descriptions(map.Map("capabilities"))];
        var part = new ToolGraphPart
        {
            Facts = [.. Facts(map.Map("facts"))],
            Tools = [.. Tools(map)],
            Goals = [.. Goals(map.Map("goals"), descriptions)],
            Descriptions = descriptions,
        };
        map.Finish();
        return part;
    }

    private static IEnumerable<(string Name, Placed<string> Text)> Descriptions(MapReader? map)
    {
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
        {
            if (Values.Text(map!.File, value, map.Of(name)) is { } text)
                yield return (name, new Placed<string>(text, map.File.At(key)));
        }
    }

    private IEnumerable<Placed<CapabilityFact>> Facts(MapReader? map)
    {
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
            yield return new Placed<CapabilityFact>(Fact(name, key, value), file.At(key));
    }

    // order_id: text, or a mapping with more
    private CapabilityFact Fact(string name, YamlNode key, YamlNode value)
    {
        if (value is not YamlMappingNode)
            return new CapabilityFact(name, TypeReader.Read(file, value, $"fact '{name}'"));
        var map = new MapReader(file, value, $"fact '{name}'", key);
        DataType type = map.Require("type", "type: text, or another type") is { } given ? TypeReader.Read(file, given, map.Of("type")) : DataType.Any;
        var fact = new CapabilityFact(name, type, map.Text("description"));
        map.Finish();
        return fact;
    }

    private IEnumerable<Placed<CapabilityTool>> Tools(MapReader map)
    {
        if (map.Require("tools", "tools: { NAME: { tool: SOURCE.NAME, provides: CAPABILITY } }") is null)
            yield break;
        foreach ((string name, YamlNode key, YamlNode value) in map.Map("tools")!.All())
        {
            CapabilityTool tool = CapabilityToolReader.Read(new MapReader(file, value, $"tool '{name}'", key), name);
            yield return new Placed<CapabilityTool>(sources.Attach(tool, file, value), file.At(key));
        }
    }

    private IEnumerable<Placed<CapabilityGoal>> Goals(MapReader? map, List<(string Name, Placed<string> Text)> descriptions)
    {
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
        {
            CapabilityGoal goal = CapabilityGoalReader.Read(file, name, key, value, out string? description);
            if (description is not null)
                descriptions.Add((name, new Placed<string>(description, file.At(key))));
            yield return new Placed<CapabilityGoal>(sources.Attach(goal, file, value), file.At(key));
        }
    }
}
