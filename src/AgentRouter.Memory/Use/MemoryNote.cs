using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval;

namespace AgentRouter.Memory.Use;

/// <summary>Something remembered, as a model is shown it.</summary>
/// <param name="Number">The number that the model calls it by, from 1, the same throughout a task.</param>
/// <param name="Scope">Whose memory it is, as text.</param>
/// <param name="Node">The number of its node in the scope.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The key of its node.</param>
/// <param name="Text">The text, word for word.</param>
/// <param name="Score">Its score; only the order of one recall's scores says something.</param>
public sealed record MemoryNote(int Number, string Scope, long Node, MemoryNodeKind Kind, string Key, string Text, double Score)
{
    /// <summary>Gets the title of the source that it is part of, or the source's key where it has no title.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the heading that it stands under.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the description of what is attached to it.</summary>
    public string? Attachment { get; init; }

    /// <summary>Gets who said it.</summary>
    public string? Speaker { get; init; }

    /// <summary>Gets when it was said or written.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    internal static MemoryNote Of(int number, RecalledItem item) => new(number, item.Scope.ToString(), item.Node.Id, item.Node.Kind, item.Node.Key, item.Node.Text, item.Score)
    {
        Source = item.Source is null ? null : item.Source.Title ?? item.Source.Key,
        Title = item.Node.Title,
        Attachment = item.Node.Attachment,
        Speaker = item.Node.Speaker,
        SaidAt = item.Node.SaidAt,
    };
}
