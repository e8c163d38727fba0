using AgentRouter.Routing.Features;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Rules;

/// <summary>Conditions over step features; the first that holds names the tier. Where none holds, the least capable model is taken.</summary>
public sealed class RulesPolicy : IRoutingPolicy
{
    private readonly RoutingRule[] _rules;
    private readonly string[] _reasons;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">The rules.</param>
    /// <exception cref="ArgumentException">There are no rules, or a rule names no tier.</exception>
    public RulesPolicy(RulesPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rules = [.. options.Validate().Rules];
        _reasons = [.. _rules.Select((rule, i) => rule.When is null ? $"rule {i + 1}: otherwise" : $"rule {i + 1}: {rule.When.Text}")];
    }

    /// <inheritdoc/>
    public string Name => RulesDefaults.Name;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        var scope = new StepFeatureScope(step);
        for (int i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].When?.IsTrue(scope) != false)
                return new(TierChoice.Of(candidates, _rules[i].Tier, _reasons[i]));
        }

        return new(TierChoice.Smallest(candidates, RulesDefaults.NoRuleReason));
    }
}
