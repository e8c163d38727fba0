namespace AgentRouter.Routing.Policies.Capability;

internal static class CapabilityDefaults
{
    public const string Name = "capability";

    /// <summary>With all dimensions alike, a step that misses the band by 0.8 in one of them, or by 0.2 in each: two plain signs of
    /// difficulty, or one failed check.</summary>
    public const double Tau = 0.2;

    /// <summary>The strength of the least capable tier where nothing is known of its models.</summary>
    public const double LeastStrength = 0.4;

    /// <summary>The strength of the most capable tier where nothing is known of its models; a model may be stronger.</summary>
    public const double MostStrength = 0.9;
}
