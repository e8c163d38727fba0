namespace AgentRouter.Tools.Health;

/// <summary>Whether a tool may be called.</summary>
public enum BreakerState
{
    /// <summary>It may be called.</summary>
    Closed,

    /// <summary>It failed too often and rests.</summary>
    Open,

    /// <summary>Its rest is over: one call finds out whether it is well.</summary>
    HalfOpen,
}
