namespace AgentRouter.Memory.Ingestion;

/// <summary>A conversation, document or run to be remembered, as it was.</summary>
public sealed record MemorySource
{
    /// <summary>Gets the name by which it is known again: the same key with the same content changes nothing, with more items it grows.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the title, such as a document's.</summary>
    public string? Title { get; init; }

    /// <summary>Gets when it was said or written; items without a time of their own have this one.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Gets what it consists of, in its order.</summary>
    public required IReadOnlyList<MemoryItem> Items { get; init; }
}
