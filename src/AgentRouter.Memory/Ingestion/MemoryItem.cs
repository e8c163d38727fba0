namespace AgentRouter.Memory.Ingestion;

/// <summary>A turn of a conversation, a passage of a document, the result of a tool.</summary>
public sealed record MemoryItem
{
    /// <summary>Gets the name of the item in its source, unique there; without one it is its place, from 0.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the heading that it stands under.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the description of what is attached to it, such as a picture.</summary>
    public string? Attachment { get; init; }

    /// <summary>Gets who said it.</summary>
    public string? Speaker { get; init; }

    /// <summary>Gets when it was said or written, where that differs from the source.</summary>
    public DateTimeOffset? Time { get; init; }
}
