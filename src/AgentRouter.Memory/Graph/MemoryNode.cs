namespace AgentRouter.Memory.Graph;

/// <summary>A node of the memory graph. Nodes do not change, but for <see cref="HeldUntil"/>.</summary>
public sealed record MemoryNode
{
    /// <summary>Gets the number of the node in its scope, ascending from 1 in the order of writing; 0 before it is written. Numbers are never used again.</summary>
    public long Id { get; init; }

    /// <summary>Gets what it is.</summary>
    public required MemoryNodeKind Kind { get; init; }

    /// <summary>Gets the name by which it is known, unique among the nodes of its kind in its scope.</summary>
    /// <remarks>
    /// A source: as given by the caller (<c>chat/2026-05-08</c>). An episode: its source, <c>#</c>, its item. A concept: its type, a colon and what is
    /// left of its name when case and endings are gone (<c>name:anna fischer</c>, <c>date:2026-05-07</c>, <c>code:parse_args</c>). A fact: what it is about
    /// (<c>anna/favourite tea</c>), or a hash of its text.
    /// </remarks>
    public required string Key { get; init; }

    /// <summary>Gets the text, word for word; of a source its title, of a concept its name as it was first written.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the heading that the text stands under, if any.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the description of what is attached to the text, such as a picture.</summary>
    public string? Attachment { get; init; }

    /// <summary>Gets who said it, if anybody.</summary>
    public string? Speaker { get; init; }

    /// <summary>Gets when it was said or written.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>Gets when it happened, if the text says so: the first time that it names, resolved against <see cref="SaidAt"/>.</summary>
    public MemoryPeriod? Happened { get; init; }

    /// <summary>Gets until when it held: when a newer node superseded it; <see langword="null"/> while it holds.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Gets the source that it is part of, 0 for none.</summary>
    public long SourceId { get; init; }

    /// <summary>Gets its place in its source, from 0.</summary>
    public int Position { get; init; }
}
