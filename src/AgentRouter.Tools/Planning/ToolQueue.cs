using System.Runtime.CompilerServices;

namespace AgentRouter.Tools.Planning;

/// <summary>Tools with costs, the cheapest first, of equal ones the one with the lower number. A 4-ary heap.</summary>
internal sealed class ToolQueue
{
    private Entry[] _entries = [];

    /// <summary>Gets how many tools wait.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the cost of the cheapest tool; there is one.</summary>
    public double LowestCost => _entries[0].Cost;

    /// <summary>Removes all tools.</summary>
    /// <param name="capacity">How many will be added at most.</param>
    public void Clear(int capacity)
    {
        Count = 0;
        if (_entries.Length < capacity)
            _entries = new Entry[capacity];
    }

    /// <summary>Adds a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="cost">Its cost.</param>
    public void Add(int tool, double cost)
    {
        var entry = new Entry(cost, tool);
        Entry[] entries = _entries;
        int place = Count++;
        while (place > 0)
        {
            int parent = (place - 1) >> 2;
            if (!entry.IsBefore(entries[parent]))
                break;
            entries[place] = entries[parent];
            place = parent;
        }

        entries[place] = entry;
    }

    /// <summary>Takes out the cheapest tool.</summary>
    /// <param name="cost">Its cost.</param>
    /// <returns>The tool.</returns>
    public int Take(out double cost)
    {
        Entry first = _entries[0];
        cost = first.Cost;
        Span<Entry> entries = _entries.AsSpan(0, --Count);
        if (entries.Length > 0)
            Sink(entries, _entries[Count]);
        return first.Tool;
    }

    private static void Sink(Span<Entry> entries, Entry entry)
    {
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
            entries[place] = entries[least];
            place = least;
        }

        entries[place] = entry;
    }

    private readonly record struct Entry(double Cost, int Tool)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBefore(in Entry other) => Cost < other.Cost || (Cost == other.Cost && Tool < other.Tool);
    }
}
