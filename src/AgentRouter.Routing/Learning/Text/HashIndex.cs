using System.Numerics;

namespace AgentRouter.Routing.Learning.Text;

/// <summary>Finds the position of a hash in a fixed list: open addressing, no allocation after it is made.</summary>
internal sealed class HashIndex
{
    private readonly uint[] _keys;
    private readonly int[] _positions;
    private readonly int _mask;

    /// <summary>Makes the index.</summary>
    /// <param name="hashes">The hashes, each once; the position of a hash is its place in this list.</param>
    public HashIndex(ReadOnlySpan<uint> hashes)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, hashes.Length * 2));
        _mask = size - 1;
        _keys = new uint[size];
        _positions = new int[size];
        Array.Fill(_positions, -1);
        for (int i = 0; i < hashes.Length; i++)
        {
            int slot = Slot(hashes[i]);
            while (_positions[slot] >= 0 && _keys[slot] != hashes[i])
                slot = (slot + 1) & _mask;
            _keys[slot] = hashes[i];
            _positions[slot] = i;
        }
    }

    /// <summary>Finds a hash.</summary>
    /// <returns>Its position, or -1.</returns>
    public int Find(uint hash)
    {
        int slot = Slot(hash);
        while (_positions[slot] >= 0)
        {
            if (_keys[slot] == hash)
                return _positions[slot];
            slot = (slot + 1) & _mask;
        }

        return -1;
    }

    private int Slot(uint hash) => (int)((hash * 0x9E3779B1) >> 7) & _mask;
}
