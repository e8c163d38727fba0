namespace AgentRouter.Routing.Learning.Text;

/// <summary>A stable 32-bit hash of words and word pairs: FNV-1a over lower-cased characters. G. Fowler, L. C. Noll, K.-P. Vo.
/// Trained files hold these values, so they are part of the file format.</summary>
internal static class WordHash
{
    /// <summary>The hash of no characters.</summary>
    public const uint Basis = 2166136261;

    private const uint Prime = 16777619;

    /// <summary>Hashes a word, whatever its case.</summary>
    public static uint Of(ReadOnlySpan<char> word)
    {
        uint hash = Basis;
        foreach (char c in word)
            hash = Add(hash, c);
        return hash;
    }

    /// <summary>Adds a character to the hash of those before it.</summary>
    public static uint Add(uint hash, char c) => (hash ^ Lower(c)) * Prime;

    /// <summary>Hashes two words that follow each other.</summary>
    public static uint OfPair(uint first, uint second)
    {
        uint mixed = (first * 0x9E3779B1) ^ ((second << 13) | (second >> 19));
        mixed ^= mixed >> 15;
        mixed *= 0x85EBCA6B;
        return mixed ^ (mixed >> 13);
    }

    // most text is ASCII
    private static char Lower(char c) =>
        c < 128 ? (uint)(c - 'A') <= 'Z' - 'A' ? (char)(c | 0x20) : c : char.ToLowerInvariant(c);
}
