namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>What came of an extraction.</summary>
public sealed record ExtractionResult
{
    /// <summary>Gets how it ended.</summary>
    public required ExtractionStatus Status { get; init; }

    /// <summary>Gets how many calls were answered.</summary>
    public int Calls { get; init; }

    /// <summary>Gets the tokens that were sent, as the model reported them.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens that were answered, as the model reported them.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets the batches of episodes that were learned from.</summary>
    public int Batches { get; init; }

    /// <summary>Gets the episodes that were learned from.</summary>
    public int Episodes { get; init; }

    /// <summary>Gets the facts that are new, with those that take the place of others.</summary>
    public int NewFacts { get; init; }

    /// <summary>Gets the new facts that take the place of older ones about the same.</summary>
    public int Superseding { get; init; }

    /// <summary>Gets the facts that were known already.</summary>
    public int Unchanged { get; init; }

    /// <summary>Gets the known facts that hold no longer, and of which nothing takes the place.</summary>
    public int Corrected { get; init; }

    /// <summary>Gets the topics that episodes were linked to.</summary>
    public int Concepts { get; init; }

    /// <summary>Gets the reflections that are new.</summary>
    public int Reflections { get; init; }

    /// <summary>Gets the episodes that were too long to be shown as a whole.</summary>
    public int Shortened { get; init; }

    /// <summary>Gets what was left out of answers: the reason, and how often.</summary>
    public IReadOnlyDictionary<string, int> Dropped { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets what was asked about and could not be learned from.</summary>
    public IReadOnlyList<LeftBatch> Problems { get; init; } = [];

    /// <summary>Gets how many batches and groups of facts are left for the next extraction, those with problems among them.</summary>
    public int Left { get; init; }
}
