using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Policies.FirstLarge;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Policies.Threshold;

namespace AgentRouter.Routing.Policies;

/// <summary>All policies by name. A new policy is a folder beside this file and a line here; a rule around any policy has its line in
/// <see cref="PolicyRules"/>.</summary>
public static class RoutingPolicies
{
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        [FixedDefaults.AlwaysSmallName] = new([], _ => FixedPolicy.AlwaysSmall),
        [FixedDefaults.AlwaysLargeName] = new([], _ => FixedPolicy.AlwaysLarge),
        [FixedDefaults.Name] = new(["tier"], settings => new FixedPolicy(new() { Tier = settings.Values.GetValueOrDefault("tier") })),
        [FirstLargeDefaults.Name] = new(["calls"], settings => new FirstLargePolicy(new() { Calls = Number(settings, "calls", FirstLargeDefaults.Calls) })),
        [ThresholdDefaults.Name] = new(["characters"], settings => new ThresholdPolicy(new() { Characters = Number(settings, "characters", ThresholdDefaults.Characters) })),
        [BanditDefaults.Name] = new(["successValue", "state"], Bandit),
        [BoundaryDefaults.Name] = new(["file", "successValue"], settings => new BoundaryPolicy(new()
        {
            File = PathOf(settings, "file"),
            SuccessValueUsd = Amount(settings, "successValue"),
        })),
        [CapabilityDefaults.Name] = new(CapabilitySettings.Names, settings => new CapabilityPolicy(CapabilitySettings.Read(settings, PathOf(settings, "file")))),
        [CascadeDefaults.Name] = new(CascadeSettings.Names, settings => new CascadePolicy(CascadeSettings.Read(settings, PathOf(settings, "state")))),
        [RulesDefaults.Name] = new([], settings => new RulesPolicy(With(settings.Rules))),
    };

    /// <summary>Gets the names of all policies.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>Gets the settings a policy takes: its own, and those of the rules that can stand around it.</summary>
    /// <param name="name">The policy's name.</param>
    /// <returns>The names of its settings; empty for an unknown policy.</returns>
    public static IReadOnlyList<string> SettingsOf(string name) => Kinds.TryGetValue(name, out Kind? kind) ? [.. kind.Settings, .. PolicyRules.Settings] : [];

    /// <summary>Makes a policy, with the rules around it that the settings switch on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its settings and those of the rules; settings of other policies are an error.</param>
    /// <exception cref="ConfigurationException">The name is unknown, or a setting is unknown or out of range.</exception>
    public static IRoutingPolicy Create(string name, PolicySettings? settings = null)
    {
        settings ??= new PolicySettings();
        if (!Kinds.TryGetValue(name, out Kind? kind))
            throw new ConfigurationException($"There is no routing policy '{name}'. The policies are {string.Join(", ", Kinds.Keys)}.");
        string? unknown = settings.Values.Keys.FirstOrDefault(key => !kind.Settings.Contains(key) && !PolicyRules.Settings.Contains(key));
        if (unknown is not null)
            throw new ConfigurationException(
                $"The policy '{name}' has no setting '{unknown}'. {(kind.Settings.Count == 0 ? "It has none" : "It takes " + string.Join(", ", kind.Settings))}; rules around any policy take {string.Join(", ", PolicyRules.Settings)}.");
        try
        {
            return PolicyRules.Around(kind.Make(settings), settings.Values);
        }
        catch (ArgumentException error)
        {
            throw new ConfigurationException($"The settings of the policy '{name}' do not fit: {error.Message}", error);
        }
    }

    private static BanditPolicy Bandit(PolicySettings settings)
    {
        var options = new BanditPolicyOptions { StatePath = PathOf(settings, "state") };
        options.SuccessValueUsd = Amount(settings, "successValue") ?? options.SuccessValueUsd;
        return new BanditPolicy(options);
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

    private static string? PathOf(PolicySettings settings, string key) => settings.Values.TryGetValue(key, out string? path)
        ? settings.BaseFolder is { } folder ? Path.GetFullPath(path, Path.GetFullPath(folder)) : path
        : null;

    private static decimal? Amount(PolicySettings settings, string key)
    {
        if (!settings.Values.TryGetValue(key, out string? text))
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) && usd <= 1_000_000
            ? usd
            : throw new ConfigurationException($"The setting '{key}' is an amount in US dollars such as 0.25, not '{text}'.");
    }

    private sealed record Kind(IReadOnlyList<string> Settings, Func<PolicySettings, IRoutingPolicy> Make);
}
