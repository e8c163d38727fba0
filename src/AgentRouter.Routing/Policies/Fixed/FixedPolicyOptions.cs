namespace AgentRouter.Routing.Policies.Fixed;

/// <summary>Options of <see cref="FixedPolicy"/>.</summary>
public sealed class FixedPolicyOptions
{
    /// <summary>Gets or sets the tier that takes every step.</summary>
    public string? Tier { get; set; }

    internal FixedPolicyOptions Validate()
    {
        if (string.IsNullOrWhiteSpace(Tier))
            throw new ArgumentException("It needs a tier: router: { policy: fixed, tier: small }.");
        return this;
    }
}
