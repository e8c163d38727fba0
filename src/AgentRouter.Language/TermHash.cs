namespace AgentRouter.Language;

/// <summary>Names terms by 64 bits, the same in every process: an index need not keep their texts.</summary>
/// <remarks>Of a million different terms two share a number once in 37 million libraries. FNV-1a over the characters, then the finalizer of
/// MurmurHash3 (A. Appleby), so that all bits are mixed.</remarks>
internal static class TermHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Computes the number of a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="family">Terms of different families never meet.</param>
    public static ulong Of(ReadOnlySpan<char> term, int family)
    {
        ulong hash = Offset + (ulong)family;
        foreach (char c in term)
            hash = (hash ^ c) * Prime;
        return Mix(hash);
    }

    /// <summary>Mixes all bits of a number.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
