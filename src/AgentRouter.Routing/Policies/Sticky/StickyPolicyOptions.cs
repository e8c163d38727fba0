namespace AgentRouter.Routing.Policies.Sticky;

/// <summary>Options of <see cref="StickyPolicy"/>.</summary>
public sealed class StickyPolicyOptions
{
    /// <summary>Gets or sets the share of the longest context seen, between 0 and 1, below which the context counts as compacted
    /// and the policy decides again. The default is 0.5.</summary>
    public double CompactedBelow { get; set; } = StickyDefaults.CompactedBelow;

    internal StickyPolicyOptions Validate()
    {
        if (!(CompactedBelow is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(CompactedBelow), CompactedBelow, "CompactedBelow is between 0 and 1.");
        return this;
    }
}
