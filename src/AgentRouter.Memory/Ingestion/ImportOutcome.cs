namespace AgentRouter.Memory.Ingestion;

/// <summary>What an import found.</summary>
public enum ImportOutcome
{
    /// <summary>The source was not known before.</summary>
    New,

    /// <summary>The source was known with the same content: nothing was written.</summary>
    Unchanged,

    /// <summary>The source was known, and has more items now.</summary>
    Grown,

    /// <summary>The source was known, and items, its title or its time are others now.</summary>
    Changed,
}
