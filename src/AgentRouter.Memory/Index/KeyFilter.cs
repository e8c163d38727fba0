using System.Numerics;

namespace AgentRouter.Memory.Index;

/// <summary>Tells for most numbers that are not in a set that they are not, in one look: a Bloom filter.</summary>
/// <remarks>B. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970. Two bits a number of sixteen: 1.4 % of other numbers pass. The numbers are hashes
/// already, so their own bits choose.</remarks>
internal sealed class KeyFilter
{
    private const int BitsOfKey = 16;
    private readonly ulong[] _bits;
    private readonly ulong _mask;

    /// <summary>Makes a filter.</summary>
    /// <param name="keys">The numbers in the set.</param>
    public KeyFilter(ReadOnlySpan<ulong> keys)
    {
        ulong bits = BitOperations.RoundUpToPowerOf2((ulong)Math.Max(64, (long)keys.Length * BitsOfKey));
        _bits = new ulong[bits / 64];
        _mask = bits - 1;
        foreach (ulong key in keys)
        {
            _bits[(key & _mask) / 64] |= 1UL << (int)(key % 64);
            ulong other = BitOperations.RotateRight(key, 32);
            _bits[(other & _mask) / 64] |= 1UL << (int)(other % 64);
        }
    }

    /// <summary>Tells whether a number may be in the set; <see langword="false"/> is certain.</summary>
    public bool MayHold(ulong key)
    {
        ulong other = BitOperations.RotateRight(key, 32);
        return (_bits[(key & _mask) / 64] >> (int)(key % 64) & 1) != 0 && (_bits[(other & _mask) / 64] >> (int)(other % 64) & 1) != 0;
    }
}
