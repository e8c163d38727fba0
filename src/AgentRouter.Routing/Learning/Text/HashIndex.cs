using System.Numerics;

namespace AgentRouter.Routing.Learning.Text;

/// <summary>Finds the position of a hash in a fixed list: open addressing, no allocation after it is made.</summary>
internal sealed class HashIndex
{
    // a hash and its position lie side by side: looking up is waiting for memory
    private readonly (uint Key, int Position)[] _slots;
    private readonly int _mask;

    /// <summary>Makes the index.</summary>
    /// <param name="hashes">The hashes, each once; the position of a hash is its place in this list.</param>
    public HashIndex(ReadOnlySpan<uint> hashes)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, hashes.Length + hashes.Length / 2));
        _mask = size - 1;
        _slots = new (uint, int)[size];
        Array.Fill(_slots, (0u, -1));
        for (int i = 0; i < hashes.Length; i++)
        {
            int slot = Slot(hashes[i]);
            while (_slots[slot].Position >= 0 && _slots[slot].Key != hashes[i])
                slot = (slot + 1) & _mask;
            _slots[slot] = (hashes[i], i);
        }
    }

    /// <summary>Finds a hash.</summary>
    /// <returns>Its position, or -1.</returns>
    public int Find(uint hash)
    {
        for (int at = Slot(hash); ; at = (at + 1) & _mask)
        {
            (uint key, int position) = _slots[at];
            if (position < 0 || key == hash)
                return position;
        }
    }

    private int Slot(uint hash) => (int)((hash * 0x9E3779B1) >> 7) & _mask;
}
