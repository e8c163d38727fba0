using AgentRouter.Language;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Text;

/// <summary>Names the keys of concepts by 64 bits, so that an index need not keep their texts.</summary>
internal static class ConceptKeys
{
    private const int Family = 17;

    /// <summary>Computes the number of the key of a name.</summary>
    /// <param name="words">Its plain words, with single spaces between them; of one that is longer than any name the number says nothing.</param>
    public static ulong NumberOfName(ReadOnlySpan<char> words)
    {
        Span<char> key = stackalloc char[EntityKeys.NamePrefix.Length + CanonicalText.MaxLength];
        EntityKeys.NamePrefix.CopyTo(key);
        words = words[..Math.Min(words.Length, CanonicalText.MaxLength)];
        words.CopyTo(key[EntityKeys.NamePrefix.Length..]);
        return Number(key[..(EntityKeys.NamePrefix.Length + words.Length)]);
    }

    /// <summary>Computes the number of a key such as <c>name:anna fischer</c>.</summary>
    public static ulong Number(ReadOnlySpan<char> key) => Math.Max(1, TermHash.Of(key, Family));
}
