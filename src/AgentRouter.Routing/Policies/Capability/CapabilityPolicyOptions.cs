using AgentRouter.Models;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Options of <see cref="CapabilityPolicy"/>.</summary>
public sealed class CapabilityPolicyOptions
{
    /// <summary>Gets or sets the shortfall that is put up with, from 0 (none) to 1 (any model will do). The default is the policy file's
    /// own, and 0.2 without a file.</summary>
    public double? Tau { get; set; }

    /// <summary>Gets how much a shortfall in each dimension counts, from 0, compared with the others. A dimension that is not here counts 1.</summary>
    public IDictionary<Strength, double> Weights { get; } = new Dictionary<Strength, double>();

    /// <summary>Gets or sets the policy file with trained requirements, as <c>agentrouter route train --policy capability</c> writes it.
    /// <see langword="null"/>, the default, reads requirements off the step by rules.</summary>
    public string? File { get; set; }

    internal CapabilityPolicyOptions Validate()
    {
        if (Tau is { } tau && !(tau is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Tau), tau, "Tau is between 0 and 1.");
        foreach ((Strength strength, double weight) in Weights)
        {
            if (!Enum.IsDefined(strength))
                throw new ArgumentOutOfRangeException(nameof(Weights), strength, "There is no such strength.");
            if (!(weight is >= 0 and <= 1_000_000))
                throw new ArgumentOutOfRangeException(nameof(Weights), weight, "A weight is a number from 0 to 1,000,000.");
        }

        if (Enum.GetValues<Strength>().All(strength => Weights.TryGetValue(strength, out double weight) && weight == 0))
            throw new ArgumentException("At least one weight is above 0.", nameof(Weights));
        return this;
    }
}
