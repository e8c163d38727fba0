using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Routing.Policies.FirstLarge;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Policies.Sticky;
using AgentRouter.Routing.Policies.Threshold;

namespace AgentRouter.Routing.Policies;

/// <summary>All policies by name. A new policy is a folder beside this file and a line here.</summary>
public static class RoutingPolicies
{
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        [FixedDefaults.AlwaysSmallName] = new([], _ => FixedPolicy.AlwaysSmall),
        [FixedDefaults.AlwaysLargeName] = new([], _ => FixedPolicy.AlwaysLarge),
        [FixedDefaults.Name] = new(["tier"], settings => new FixedPolicy(new() { Tier = settings.Values.GetValueOrDefault("tier") })),
        [FirstLargeDefaults.Name] = new(["calls"], settings => new FirstLargePolicy(new() { Calls = Number(settings, "calls", FirstLargeDefaults.Calls) })),
        [ThresholdDefaults.Name] = new(["characters"], settings => new ThresholdPolicy(new() { Characters = Number(settings, "characters", ThresholdDefaults.Characters) })),
        [StickyDefaults.Name] = new(["inner", "compactedBelow", "characters", "calls", "tier"], Sticky),
        [RulesDefaults.Name] = new([], settings => new RulesPolicy(With(settings.Rules))),
    };

    /// <summary>Gets the names of all policies.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>Gets the settings a policy takes.</summary>
    /// <param name="name">The policy's name.</param>
    /// <returns>The names of its settings; empty for an unknown policy.</returns>
    public static IReadOnlyList<string> SettingsOf(string name) => Kinds.TryGetValue(name, out Kind? kind) ? kind.Settings : [];

    /// <summary>Makes a policy.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its settings; settings of other policies are an error.</param>
    /// <exception cref="ConfigurationException">The name is unknown, or a setting is unknown or out of range.</exception>
    public static IRoutingPolicy Create(string name, PolicySettings? settings = null)
    {
        settings ??= new PolicySettings();
        if (!Kinds.TryGetValue(name, out Kind? kind))
            throw new ConfigurationException($"There is no routing policy '{name}'. The policies are {string.Join(", ", Kinds.Keys)}.");
        string? unknown = settings.Values.Keys.FirstOrDefault(key => !kind.Settings.Contains(key));
        if (unknown is not null)
            throw new ConfigurationException(
                $"The policy '{name}' has no setting '{unknown}'. {(kind.Settings.Count == 0 ? "It has none" : "It takes " + string.Join(", ", kind.Settings))}.");
        try
        {
            return kind.Make(settings);
        }
        catch (ArgumentException error)
        {
            throw new ConfigurationException($"The settings of the policy '{name}' do not fit: {error.Message}", error);
        }
    }

    private static StickyPolicy Sticky(PolicySettings settings)
    {
        string inner = settings.Values.GetValueOrDefault("inner", ThresholdDefaults.Name);
        if (inner == StickyDefaults.Name)
            throw new ConfigurationException("The policy 'sticky' cannot decide by itself: set 'inner' to another policy.");
        var passed = settings.Values.Where(pair => pair.Key is not ("inner" or "compactedBelow")).ToDictionary();
        var options = new StickyPolicyOptions();
        if (settings.Values.TryGetValue("compactedBelow", out string? share))
        {
            options.CompactedBelow = double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                ? parsed
                : throw new ConfigurationException($"The setting 'compactedBelow' is a number between 0 and 1, not '{share}'.");
        }

        return new StickyPolicy(Create(inner, settings with { Values = passed }), options);
    }

    private static RulesPolicyOptions With(IReadOnlyList<RoutingRule> rules)
    {
        var options = new RulesPolicyOptions();
        foreach (RoutingRule rule in rules)
            options.Rules.Add(rule);
        return options;
    }

    private static int Number(PolicySettings settings, string key, int otherwise)
    {
        if (!settings.Values.TryGetValue(key, out string? text))
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ConfigurationException($"The setting '{key}' is a whole number from 0, not '{text}'.");
    }

    private sealed record Kind(IReadOnlyList<string> Settings, Func<PolicySettings, IRoutingPolicy> Make);
}
