namespace AgentRouter.Steps;

/// <summary>Why a model cannot take a step, whatever the policy would say.</summary>
public enum GateReason
{
    /// <summary>The prompt does not fit its context window.</summary>
    ContextWindow,

    /// <summary>It cannot call tools.</summary>
    Tools,

    /// <summary>It does not take images.</summary>
    Vision,

    /// <summary>It failed lately and is resting.</summary>
    Health,

    /// <summary>The agent or node does not allow its tier.</summary>
    TierNotAllowed,
}
