namespace AgentRouter.Routing.Policies.Risk;

internal static class RiskDefaults
{
    public const string Name = "risk";

    /// <summary>Words in a tool's name that say it takes something away, spends, or reaches people: what cannot be called back.</summary>
    public static readonly string[] Words =
        ["delete", "remove", "drop", "destroy", "purge", "wipe", "refund", "pay", "transfer", "cancel", "revoke", "terminate", "deploy", "publish", "send"];
}
