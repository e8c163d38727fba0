using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Fixed;

/// <summary>Always the same tier. Always-small and always-large are the two baselines that every other policy is measured against.</summary>
public sealed class FixedPolicy : IRoutingPolicy
{
    private readonly string? _tier;
    private readonly bool _largest;

    private FixedPolicy(string name, string? tier, bool largest)
    {
        Name = name;
        _tier = tier;
        _largest = largest;
    }

    /// <summary>Makes a policy that always takes one tier.</summary>
    /// <param name="options">Which tier.</param>
    /// <exception cref="ArgumentException">No tier is named.</exception>
    public FixedPolicy(FixedPolicyOptions options)
        : this(FixedDefaults.Name, (options ?? throw new ArgumentNullException(nameof(options))).Validate().Tier, false)
    {
    }

    /// <summary>Gets the policy that always takes the least capable model that can take the step.</summary>
    public static FixedPolicy AlwaysSmall { get; } = new(FixedDefaults.AlwaysSmallName, null, largest: false);

    /// <summary>Gets the policy that always takes the most capable model that can take the step.</summary>
    public static FixedPolicy AlwaysLarge { get; } = new(FixedDefaults.AlwaysLargeName, null, largest: true);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return new(_tier is not null ? TierChoice.Of(candidates, _tier, FixedDefaults.TierReason)
            : _largest ? TierChoice.Largest(candidates, FixedDefaults.AlwaysLargeName)
            : TierChoice.Smallest(candidates, FixedDefaults.AlwaysSmallName));
    }
}
