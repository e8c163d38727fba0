namespace AgentRouter.Routing.Policies.Sticky;

internal static class StickyDefaults
{
    public const string Name = "sticky";

    /// <summary>Contexts only grow within a conversation; half of the longest can only come from compaction or a new conversation.</summary>
    public const double CompactedBelow = 0.5;
}
