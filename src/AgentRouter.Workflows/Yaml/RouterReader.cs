using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads how models are chosen. Which settings a policy takes is checked by <see cref="RouterCheck"/>.</summary>
internal static class RouterReader
{
    private static readonly string[] OwnKeys = ["policy", "tiers", "rules", PreferencesReader.Key];

    public static RouterDefinition Read(MapReader? map, SourceMap sources)
    {
        if (map is null)
            return new RouterDefinition();
        var settings = new Dictionary<string, string>();
        foreach ((string key, YamlNode keyNode, YamlNode value) in map.All())
        {
            if (OwnKeys.Contains(key))
                continue;
            if (Suggestion.Nearest(key, OwnKeys) is { } meant)
                map.File.Error(keyNode, $"{MapReader.Capital(map.What)} has no key '{key}'.", $"Did you mean '{meant}'?");
            else if (Setting(map, key, value) is { } text)
                settings[key] = text;
        }

        var router = new RouterDefinition
        {
            Policy = map.Text("policy"),
            Tiers = map.Texts("tiers"),
            Rules = Rules(map, sources),
            Preferences = PreferencesReader.Read(map, sources),
            Settings = settings,
            Location = map.Location,
        };
        return sources.Attach(router, map.File, map.Node);
    }

    // settings are texts; a list is one with commas between, and so is a mapping of 'key=value'
    private static string? Setting(MapReader map, string key, YamlNode value) => value switch
    {
        YamlSequenceNode => string.Join(", ", Values.Texts(map.File, value, map.Of(key))),
        YamlMappingNode => string.Join(", ", new MapReader(map.File, value, map.Of(key)).All()
            .Select(entry => $"{entry.Key}={Values.Text(map.File, entry.Value, $"'{entry.Key}' of {map.Of(key)}")}")),
        _ => Values.Text(map.File, value, map.Of(key)),
    };

    private static List<RuleDefinition> Rules(MapReader map, SourceMap sources)
    {
        List<RuleDefinition> rules = [];
        if (map.Find("rules") is not { } list)
            return rules;
        if (list is not YamlSequenceNode sequence)
        {
            map.File.Error(list, "The rules should be a list.", "Write each as - { when: \"visit > 1\", tier: large }.");
            return rules;
        }

        foreach (YamlNode item in sequence.Children)
        {
            var rule = new MapReader(map.File, item, "the rule");
            var when = rule.Condition("when");
            string? tier = rule.RequiredText("tier", "tier: NAME");
            rule.Finish();
            rules.Add(sources.Attach(new RuleDefinition(when, tier ?? "", rule.Location), map.File, item));
        }

        return rules;
    }
}
