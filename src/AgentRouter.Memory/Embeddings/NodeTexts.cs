using System.Text;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Embeddings;

/// <summary>What is embedded of a node.</summary>
internal static class NodeTexts
{
    // some 2,000 tokens: more than a turn or a passage has, and what most models read
    private const int MaxLength = 8_000;

    /// <summary>Gets the text that is embedded.</summary>
    /// <returns>The text; <see langword="null"/> for nodes that are not embedded: sources, days, which are compared as days, and what holds no longer.</returns>
    public static string? Of(MemoryNode node)
    {
        if (node.HeldUntil is not null || string.IsNullOrWhiteSpace(node.Text))
            return null;
        return node.Kind switch
        {
            MemoryNodeKind.Episode or MemoryNodeKind.Fact or MemoryNodeKind.Reflection => Said(node),
            MemoryNodeKind.Concept when !node.Key.StartsWith(EntityKeys.DatePrefix, StringComparison.Ordinal) => Cut(node.Text),
            _ => null,
        };
    }

    // with who said it, or what it stands under: a turn alone says "I", and a passage "it"
    private static string Said(MemoryNode node)
    {
        var text = new StringBuilder();
        if ((node.Speaker ?? node.Title) is { } who)
            text.Append(who).Append(": ");
        text.Append(node.Text);
        if (node.Attachment is { } attachment)
            text.Append(" (").Append(attachment).Append(')');
        return Cut(text.ToString());
    }

    private static string Cut(string text)
    {
        int length = Math.Min(text.Length, MaxLength);
        return length == text.Length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
