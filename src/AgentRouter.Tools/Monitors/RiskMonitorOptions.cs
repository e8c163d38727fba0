namespace AgentRouter.Tools.Monitors;

/// <summary>What is risky.</summary>
public sealed class RiskMonitorOptions
{
    /// <summary>Gets or sets the amount above which a call is asked about, in whatever unit the graph's amounts are. The default is 10,000.</summary>
    public decimal MaxAmount { get; set; } = 10_000;

    /// <summary>Gets the words in a tool's name that say that it destroys something. They count where the graph says nothing of the tool's risk.</summary>
    public IList<string> DestructiveWords { get; } = ["delete", "remove", "drop", "destroy", "erase", "purge", "wipe", "truncate", "revoke", "terminate"];

    internal RiskMonitorOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxAmount);
        return this;
    }
}
