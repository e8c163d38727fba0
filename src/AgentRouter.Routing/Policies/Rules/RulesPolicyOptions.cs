namespace AgentRouter.Routing.Policies.Rules;

/// <summary>Options of <see cref="RulesPolicy"/>.</summary>
public sealed class RulesPolicyOptions
{
    /// <summary>Gets the rules, first match wins.</summary>
    public IList<RoutingRule> Rules { get; } = [];

    internal RulesPolicyOptions Validate()
    {
        if (Rules.Count == 0)
            throw new ArgumentException("It needs at least one rule: router: { policy: rules, rules: [ { when: \"role == 'planner'\", tier: large } ] }.");
        foreach (RoutingRule rule in Rules)
            ArgumentException.ThrowIfNullOrWhiteSpace(rule.Tier, nameof(Rules));
        return this;
    }
}
