using AgentRouter.Expressions;
using AgentRouter.Routing.Features;

namespace AgentRouter.Routing.Policies.Rules;

/// <summary>A condition and the tier it leads to.</summary>
/// <param name="When">The condition over step features; <see langword="null"/> always holds.</param>
/// <param name="Tier">The tier.</param>
public sealed record RoutingRule(Expression? When, string Tier)
{
    /// <summary>Makes a rule from text.</summary>
    /// <param name="when">The condition, such as <c>role == 'reviewer' or visit > 1</c>; <see cref="StepFeatureNames"/> lists the names.</param>
    /// <param name="tier">The tier.</param>
    /// <exception cref="ExpressionException">The condition cannot be loaded.</exception>
    public static RoutingRule Parse(string when, string tier) => new(Expression.Parse(when, StepFeatureNames.All), tier);

    /// <summary>Makes the last rule: the tier of all steps that no rule above matches.</summary>
    /// <param name="tier">The tier.</param>
    public static RoutingRule Otherwise(string tier) => new(null, tier);
}
