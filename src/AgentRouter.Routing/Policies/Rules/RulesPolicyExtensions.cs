namespace AgentRouter.Routing.Policies.Rules;

/// <summary>Adds <see cref="RulesPolicy"/> to a router.</summary>
public static class RulesPolicyExtensions
{
    /// <summary>Chooses by rules.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="rules">The rules, first match wins.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseRules(this StepRoutingOptions router, params IEnumerable<RoutingRule> rules)
    {
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(rules);
        var options = new RulesPolicyOptions();
        foreach (RoutingRule rule in rules)
            options.Rules.Add(rule);
        router.Policy = new RulesPolicy(options);
        return router;
    }
}
