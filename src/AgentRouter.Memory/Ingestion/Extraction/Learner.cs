namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>As whom facts are asked for, where steps are routed and recorded.</summary>
internal static class Learner
{
    /// <summary>The name that stands in the place of an agent's.</summary>
    public const string Agent = "memory";

    /// <summary>The role; it is that of whoever sums up.</summary>
    public const string Role = "summarizer";
}
