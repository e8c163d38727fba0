using AgentRouter.Tools.Capabilities;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>Reads a goal: <c>refunded: [refund, confirmation]</c>, or a mapping with description, needs and lesser goals.</summary>
internal static class CapabilityGoalReader
{
    public static CapabilityGoal Read(YamlFile file, string name, YamlNode key, YamlNode value, out string? description)
    {
        description = null;
        if (value is YamlSequenceNode || (value is YamlScalarNode && !YamlFile.IsNull(value)))
            return new CapabilityGoal(name, Values.Texts(file, value, $"goal '{name}'"));
        var map = new MapReader(file, value, $"goal '{name}'", key);
        description = map.Text("description");
        var goal = new CapabilityGoal(name, map.Texts("needs") ?? []) { Lesser = [.. Lesser(map)] };
        map.Finish();
        return goal;
    }

    private static IEnumerable<LesserGoal> Lesser(MapReader map)
    {
        if (map.Find("lesser") is not { } list)
            yield break;
        if (list is not YamlSequenceNode sequence)
        {
            map.File.Error(list, $"{MapReader.Capital(map.Of("lesser"))} should be a list, the best first.", "Write each as - { name: what it comes to, needs: [capabilities] }.");
            yield break;
        }

        foreach (YamlNode item in sequence.Children)
        {
            var lesser = new MapReader(map.File, item, $"a lesser goal of {map.What}");
            string? name = lesser.RequiredText("name", "name: what it comes to, for people");
            IReadOnlyList<string> needs = lesser.Texts("needs") ?? [];
            lesser.Finish();
            // one without a name is said already
            yield return new LesserGoal(name ?? "?", needs);
        }
    }
}
