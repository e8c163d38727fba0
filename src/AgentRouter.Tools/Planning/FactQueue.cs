using System.Runtime.CompilerServices;

namespace AgentRouter.Tools.Planning;

/// <summary>Facts with costs that may be lowered, the cheapest first, of equal ones the one with the lower number. A 4-ary heap.</summary>
internal sealed class FactQueue
{
    private const int Unseen = -1;
    private const int Taken = -2;

    private Entry[] _entries = [];
    // where each fact is in the heap, or one of the above
    private int[] _places = [];

    /// <summary>Gets how many facts wait.</summary>
    public int Count { get; private set; }

    /// <summary>Removes all facts and forgets which were taken.</summary>
    /// <param name="facts">How many facts there are.</param>
    public void Clear(int facts)
    {
        if (_places.Length < facts)
        {
            _entries = new Entry[facts];
            _places = new int[facts];
        }

        Count = 0;
        _places.AsSpan(0, facts).Fill(Unseen);
    }

    /// <summary>Says whether a fact was taken and has not come back.</summary>
    /// <param name="fact">The fact.</param>
    public bool WasTaken(int fact) => _places[fact] == Taken;

    /// <summary>Adds a fact, also one that was taken, or lowers its cost. A cost that is not lower changes nothing.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="cost">Its cost.</param>
    public void Offer(int fact, double cost)
    {
        int place = _places[fact];
        if (place < 0)
            place = Count++;
        else if (cost >= _entries[place].Cost)
            return;
        Raise(place, new Entry(cost, fact));
    }

    /// <summary>Takes out the cheapest fact.</summary>
    /// <param name="cost">Its cost.</param>
    /// <returns>The fact.</returns>
    public int Take(out double cost)
    {
        Entry first = _entries[0];
        cost = first.Cost;
        _places[first.Fact] = Taken;
        if (--Count > 0)
            Sink(_entries[Count]);
        return first.Fact;
    }

    private void Raise(int place, Entry entry)
    {
        while (place > 0)
        {
            int parent = (place - 1) >> 2;
            if (!entry.IsBefore(_entries[parent]))
                break;
            Put(place, _entries[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(Entry entry)
    {
        Span<Entry> entries = _entries.AsSpan(0, Count);
        int place = 0;
        for (int child = 1; child < entries.Length; child = 4 * place + 1)
        {
            int least = child;
            for (int other = child + 1, end = Math.Min(child + 4, entries.Length); other < end; other++)
            {
                if (entries[other].IsBefore(entries[least]))
                    least = other;
            }

            if (!entries[least].IsBefore(entry))
                break;
            Put(place, entries[least]);
            place = least;
        }

        Put(place, entry);
    }

    private void Put(int place, Entry entry)
    {
        _entries[place] = entry;
        _places[entry.Fact] = place;
    }

    private readonly record struct Entry(double Cost, int Fact)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBefore(in Entry other) => Cost < other.Cost || (Cost == other.Cost && Fact < other.Fact);
    }
}
