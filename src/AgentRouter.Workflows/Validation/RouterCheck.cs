using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Expressions;
using AgentRouter.Routing.Features;
using AgentRouter.Routing.Policies;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Preferences;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks how models are chosen: the policy and its settings exist, the tiers too, and rules read step features.</summary>
internal static class RouterCheck
{
    private const string PolicyWithRules = "rules";
    private const string PolicyWithLadder = "cascade";
    private const string LadderSetting = "ladder";

    public static void Run(WorkflowChecks checks)
    {
        RouterDefinition router = checks.Workflow.Router;
        Policy(checks, router);
        Tiers(checks, router);
        Preferences(checks, router.Preferences);
        for (int i = 0; i < router.Rules.Count; i++)
            Rule(checks, router.Rules[i], isAfterCatchAll: i > 0 && router.Rules[i - 1].When is null);
    }

    /// <summary>Gets the tiers that a workflow may use; <see langword="null"/> when they are not known.</summary>
    public static IReadOnlyList<string>? TiersOf(WorkflowChecks checks) =>
        checks.Workflow.Router.Tiers ?? (checks.Options.Configuration?.Tiers is { Count: > 0 } tiers ? tiers : null);

    private static void Policy(WorkflowChecks checks, RouterDefinition router)
    {
        string? policy = router.Policy ?? checks.Options.Configuration?.DefaultPolicy;
        if (router.Policy is { } name && !RoutingPolicies.Names.Contains(name))
        {
            checks.Unknown(At(checks, router, "policy"), $"There is no routing policy '{name}'.", name, RoutingPolicies.Names);
            return;
        }

        if (router.Rules.Count > 0 && policy is not null && policy != PolicyWithRules)
            checks.Diagnostics.Warning(At(checks, router, "rules"), $"The policy '{policy}' does not read rules.", $"Set policy: {PolicyWithRules}.");
        if (policy is null || router.Settings.Count == 0)
            return;
        IReadOnlyList<string> known = RoutingPolicies.SettingsOf(policy);
        foreach (string key in router.Settings.Keys.Where(key => !known.Contains(key)))
            checks.Unknown(checks.Sources.LocateKey(router, router.Location, key), $"The policy '{policy}' has no setting '{key}'.", key, known);
        if (router.Settings.Keys.All(known.Contains))
            Settings(checks, router, policy);
        if (policy == PolicyWithLadder && router.Settings.TryGetValue(LadderSetting, out string? ladder))
            Ladder(checks, router, ladder);
    }

    private static void Settings(WorkflowChecks checks, RouterDefinition router, string policy)
    {
        try
        {
            router.CreatePolicy(policy);
        }
        catch (ConfigurationException e)
        {
            checks.Diagnostics.Error(At(checks, router), e.Message);
        }
    }

    // the policy itself cannot know: it sees the models that can take a step, not those that cannot
    private static void Ladder(WorkflowChecks checks, RouterDefinition router, string ladder)
    {
        if (checks.Options.Configuration is not { Models.Count: > 0 } configuration || TiersOf(checks) is not { } tiers)
            return;
        string[] known = [.. tiers, .. configuration.Models.Where(model => tiers.Contains(model.Tier)).Select(model => model.Name)];
        foreach (string rung in ladder.Split(',', StringSplitOptions.TrimEntries).Where(rung => rung.Length > 0 && !known.Contains(rung)))
            checks.Unknown(At(checks, router, LadderSetting), $"The ladder names '{rung}', but the router uses no such tier or model.", rung, known);
    }

    private static void Preferences(WorkflowChecks checks, PreferencesDefinition preferences)
    {
        if (preferences.Exploration is not (>= 0 and <= 1))
            checks.Diagnostics.Error(checks.Sources.Locate(preferences, preferences.Location, "exploration"), string.Create(CultureInfo.InvariantCulture, $"'exploration' is from 0 to 1, but is {preferences.Exploration}."));
        if (preferences.File is not { } file)
            return;
        try
        {
            PreferenceFile.Read(file);
        }
        catch (ConfigurationException e)
        {
            checks.Diagnostics.Error(checks.Sources.Locate(preferences, preferences.Location, "file"), e.Message);
        }
    }

    private static void Tiers(WorkflowChecks checks, RouterDefinition router)
    {
        if (router.Tiers is not { } tiers)
            return;
        if (tiers.Count == 0)
            checks.Diagnostics.Error(At(checks, router, "tiers"), "The router has no tier to choose.", "List at least one, or leave 'tiers' out for all.");
        if (checks.Options.Configuration?.Tiers is not { Count: > 0 } known)
            return;
        for (int i = 0; i < tiers.Count; i++)
        {
            if (!known.Contains(tiers[i]))
                checks.Unknown(At(checks, router, "tiers", "#" + i.ToString(CultureInfo.InvariantCulture)), $"There is no tier '{tiers[i]}'.", tiers[i], known);
        }
    }

    private static void Rule(WorkflowChecks checks, RuleDefinition rule, bool isAfterCatchAll)
    {
        if (isAfterCatchAll)
            checks.Diagnostics.Warning(rule.Location, "This rule is never reached: the one before it always matches.");
        if (TiersOf(checks) is { } tiers && rule.Tier.Length > 0 && !tiers.Contains(rule.Tier))
            checks.Unknown(checks.Sources.Locate(rule, rule.Location, "tier"), $"The router does not use a tier '{rule.Tier}'.", rule.Tier, tiers);
        try
        {
            rule.When?.CheckCondition(StepFeatureNames.All);
        }
        catch (ExpressionException e)
        {
            checks.Diagnostics.Error(checks.Sources.LocateText(rule, rule.Location, e.Position, "when"), $"In 'when': {e.Message}");
        }
    }

    private static SourceLocation At(WorkflowChecks checks, RouterDefinition router, params ReadOnlySpan<string> path) =>
        checks.Sources.Locate(router, router.Location, path);
}
