namespace AgentRouter.Routing.Policies.Fixed;

internal static class FixedDefaults
{
    public const string Name = "fixed";
    public const string AlwaysSmallName = "always-small";
    public const string AlwaysLargeName = "always-large";
    public const string TierReason = "fixed tier";
}
