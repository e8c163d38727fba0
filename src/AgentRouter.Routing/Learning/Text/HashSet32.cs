namespace AgentRouter.Routing.Learning.Text;

/// <summary>A set of hashes of a fixed capacity that is emptied in one step and never allocates after it is made.</summary>
internal sealed class HashSet32
{
    private readonly uint[] _keys;
    private readonly int[] _stamps;
    private readonly int _mask;
    private int _stamp;

    /// <summary>Makes the set.</summary>
    /// <param name="capacity">A power of two, at least twice the most hashes it will hold.</param>
    public HashSet32(int capacity)
    {
        _keys = new uint[capacity];
        _stamps = new int[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Gets how many hashes are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        Count = 0;
        if (++_stamp == int.MaxValue)
        {
            Array.Clear(_stamps);
            _stamp = 1;
        }
    }

    /// <summary>Adds a hash.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(uint hash)
    {
        int slot = Find(hash);
        if (_stamps[slot] == _stamp)
            return false;
        _stamps[slot] = _stamp;
        _keys[slot] = hash;
        Count++;
        return true;
    }

    /// <summary>Says whether a hash is in it.</summary>
    public bool Contains(uint hash) => _stamps[Find(hash)] == _stamp;

    private int Find(uint hash)
    {
        int slot = (int)((hash * 0x9E3779B1) >> 7) & _mask;
        while (_stamps[slot] == _stamp && _keys[slot] != hash)
            slot = (slot + 1) & _mask;
        return slot;
    }
}
