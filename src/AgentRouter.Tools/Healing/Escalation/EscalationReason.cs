namespace AgentRouter.Tools.Healing.Escalation;

/// <summary>Why somebody has to decide.</summary>
public enum EscalationReason
{
    /// <summary>No path and no lesser goal is left.</summary>
    NoPath,

    /// <summary>A monitor stopped a call.</summary>
    Interrupted,

    /// <summary>A call failed, nobody knows whether it took effect, and nothing can find out.</summary>
    Doubt,
}
