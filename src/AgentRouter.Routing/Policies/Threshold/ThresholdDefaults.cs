namespace AgentRouter.Routing.Policies.Threshold;

internal static class ThresholdDefaults
{
    public const string Name = "threshold";

    /// <summary>About 500 tokens: a request with pasted code or logs is longer, a plain instruction is shorter.</summary>
    public const int Characters = 2_000;
}
