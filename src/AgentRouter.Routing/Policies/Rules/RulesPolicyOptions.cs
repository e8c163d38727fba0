namespace AgentRouter.Routing.Policies.Rules;

/// <summary>Options of <see cref="RulesPolicy"/>.</summary>
public sealed class RulesPolicyOptions
{
    /// <summary>Gets the rules, first match wins.</summary>
    public IList<RoutingRule> Rules { get; } = [];

    internal RulesPolicyOptions Validate()
    {
        if (Rules.Count == 0)
            throw new ArgumentException("The rules policy needs at least one rule.", nameof(Rules));
        foreach (RoutingRule rule in Rules)
            ArgumentException.ThrowIfNullOrWhiteSpace(rule.Tier, nameof(Rules));
        return this;
    }
}
