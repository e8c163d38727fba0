namespace AgentRouter.Routing.Policies.Threshold;

/// <summary>Options of <see cref="ThresholdPolicy"/>.</summary>
public sealed class ThresholdPolicyOptions
{
    /// <summary>Gets or sets the longest last user message that still counts as short, in characters, from 0. The default is 2,000.</summary>
    public int Characters { get; set; } = ThresholdDefaults.Characters;

    internal ThresholdPolicyOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Characters);
        return this;
    }
}
