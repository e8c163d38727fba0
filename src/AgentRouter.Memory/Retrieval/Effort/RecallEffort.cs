namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>How much effort a part of a recall is worth.</summary>
public enum RecallEffort
{
    /// <summary>Words and rules: offline, free, a few milliseconds.</summary>
    Low,

    /// <summary>A vector of the question, a small model that orders, a choice of sentences.</summary>
    Medium,

    /// <summary>A call of a model.</summary>
    High,
}
