using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Routing.Policies.Hysteresis;
using AgentRouter.Routing.Policies.Refusal;
using AgentRouter.Routing.Policies.Risk;
using AgentRouter.Routing.Policies.Sticky;

namespace AgentRouter.Routing.Policies;

/// <summary>The rules that can stand around any policy, from the innermost to the outermost. Each is switched on by its settings, which
/// stand beside those of the policy: <c>router: { policy: threshold, hysteresis: 0.001, riskTier: large }</c>.</summary>
internal static class PolicyRules
{
    private static readonly Rule[] Rules =
    [
        new(["sticky"], [], (inner, settings) => new StickyPolicy(inner, new() { CompactedBelow = settings.Number("sticky", StickyDefaults.CompactedBelow) })),
        new(["hysteresis"], ["callValue", "upgradeValue", "toolLoopLock", "callGapSeconds"], Hysteresis),
        new(["scope", "shortestRequest"], [], Refusal),
        // the outermost: what can do harm is not left to a cheaper rule
        new(["riskTier", "riskTools"], [], Risk),
    ];

    /// <summary>Gets the settings of all rules.</summary>
    public static IReadOnlyList<string> Settings { get; } = [.. Rules.SelectMany(rule => rule.Keys)];

    /// <summary>Puts the rules that the settings switch on around a policy.</summary>
    /// <exception cref="ConfigurationException">A setting is not what it should be, or stands without the rule it belongs to.</exception>
    public static IRoutingPolicy Around(IRoutingPolicy policy, IReadOnlyDictionary<string, string> values)
    {
        var settings = new RuleSettings(values);
        foreach (Rule rule in Rules)
        {
            if (rule.SwitchedOnBy.Any(values.ContainsKey))
                policy = rule.Make(policy, settings);
            else if (rule.Details.FirstOrDefault(values.ContainsKey) is { } lonely)
                throw new ConfigurationException($"The setting '{lonely}' belongs to the rule that '{rule.SwitchedOnBy[0]}' switches on; set that too.");
        }

        return policy;
    }

    private static HysteresisPolicy Hysteresis(IRoutingPolicy inner, RuleSettings settings)
    {
        var options = new HysteresisPolicyOptions();
        options.MarginUsd = settings.Usd("hysteresis") ?? options.MarginUsd;
        options.CallValueUsd = settings.Usd("callValue") ?? options.CallValueUsd;
        options.UpgradeValueUsd = settings.Usd("upgradeValue");
        options.ToolLoopLock = settings.IsTrue("toolLoopLock", options.ToolLoopLock);
        options.CallGap = TimeSpan.FromSeconds(Math.Min(settings.Number("callGapSeconds", options.CallGap.TotalSeconds), TimeSpan.FromDays(1).TotalSeconds));
        return new HysteresisPolicy(inner, options);
    }

    private static RefusalPolicy Refusal(IRoutingPolicy inner, RuleSettings settings)
    {
        var options = new RefusalPolicyOptions { ShortestRequest = (int)settings.Number("shortestRequest", RefusalDefaults.ShortestRequest) };
        foreach (string phrase in settings.List("scope"))
            options.Scope.Add(phrase);
        return new RefusalPolicy(inner, options);
    }

    private static RiskPolicy Risk(IRoutingPolicy inner, RuleSettings settings)
    {
        var options = new RiskPolicyOptions { Tier = settings.Text("riskTier") };
        foreach (string tool in settings.List("riskTools"))
            options.Tools.Add(tool);
        return new RiskPolicy(inner, options);
    }

    private sealed record Rule(string[] SwitchedOnBy, string[] Details, Func<IRoutingPolicy, RuleSettings, IRoutingPolicy> Make)
    {
        public IEnumerable<string> Keys => [.. SwitchedOnBy, .. Details];
    }

    private sealed class RuleSettings(IReadOnlyDictionary<string, string> values)
    {
        public string? Text(string key) => values.GetValueOrDefault(key);

        public string[] List(string key) =>
            Text(key)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

        public double Number(string key, double otherwise)
        {
            if (Text(key) is not { } text)
                return otherwise;
            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? number
                : throw new ConfigurationException($"The setting '{key}' is a number from 0, not '{text}'.");
        }

        public decimal? Usd(string key)
        {
            if (Text(key) is not { } text)
                return null;
            return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) && usd <= 1_000_000
                ? usd
                : throw new ConfigurationException($"The setting '{key}' is an amount of USD from 0, such as 0.001, not '{text}'.");
        }

        public bool IsTrue(string key, bool otherwise) => Text(key) switch
        {
            null => otherwise,
            "true" => true,
            "false" => false,
            var text => throw new ConfigurationException($"The setting '{key}' is true or false, not '{text}'."),
        };
    }
}
