namespace AgentRouter.Memory.Ingestion;

/// <summary>What an import did.</summary>
public sealed record ImportResult
{
    /// <summary>Gets the key of the source.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the number of the source's node.</summary>
    public required long SourceId { get; init; }

    /// <summary>Gets what the import found.</summary>
    public required ImportOutcome Outcome { get; init; }

    /// <summary>Gets how many items came new.</summary>
    public int Added { get; init; }

    /// <summary>Gets how many items took the place of older ones.</summary>
    public int Changed { get; init; }

    /// <summary>Gets how many items are in the source no longer; they hold no longer, but are still found.</summary>
    public int Removed { get; init; }

    /// <summary>Gets how many items stayed as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>Gets how many items were left out because they were forgotten; when the whole source is forgotten, they come back with it.</summary>
    public int Forgotten { get; init; }

    /// <summary>Gets the items that were left out, and why.</summary>
    public IReadOnlyList<SkippedItem> Skipped { get; init; } = [];

    /// <summary>Gets how many nodes were not there before: the source, its episodes and their concepts.</summary>
    public int NewNodes { get; init; }

    /// <summary>Gets how many edges were not there before.</summary>
    public int NewEdges { get; init; }
}
