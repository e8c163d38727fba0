using AgentRouter.Configuration;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Rules;

namespace AgentRouter.Workflows.Definitions;

/// <summary>How a workflow's models are chosen.</summary>
public sealed record RouterDefinition
{
    /// <summary>Gets the policy's name, or <see langword="null"/> for the configuration's default.</summary>
    public string? Policy { get; init; }

    /// <summary>Gets the tiers the router may use, from the least to the most capable; <see langword="null"/> for all configured.</summary>
    public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>Gets the rules of the <c>rules</c> policy, first match wins.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; init; } = [];

    /// <summary>Gets how route nodes learn which agent to prefer.</summary>
    public PreferencesDefinition Preferences { get; init; } = new();

    /// <summary>Gets the other settings of the policy by name, as written: <c>characters: 4000</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Makes the policy that chooses.</summary>
    /// <param name="name">The policy's name: <see cref="Policy"/>, or another that takes its place. <see cref="Settings"/> are those of
    /// <see cref="Policy"/>, so another policy is made without them.</param>
    /// <exception cref="ConfigurationException">The name is unknown, or a setting is unknown or out of range.</exception>
    public IRoutingPolicy CreatePolicy(string name) => RoutingPolicies.Create(name, new PolicySettings
    {
        Values = Policy is null || Policy == name ? Settings : new Dictionary<string, string>(),
        BaseFolder = Location.File is { } file ? Path.GetDirectoryName(file) : null,
        Rules = [.. Rules.Select(rule => new RoutingRule(rule.When, rule.Tier))],
    });
}
