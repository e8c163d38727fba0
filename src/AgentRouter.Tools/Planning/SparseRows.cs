using System.Diagnostics;

namespace AgentRouter.Tools.Planning;

/// <summary>Lists of numbers, one a row, back to back in one array. Filled row by row; its memory is kept when it is cleared.</summary>
internal sealed class SparseRows
{
    private int[] _starts = [0];
    private int[] _items = [];
    private int _next;

    /// <summary>Gets how many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets how many numbers all rows hold.</summary>
    public int ItemCount => _next;

    /// <summary>Gets a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<int> this[int row]
    {
        get
        {
            int start = _starts[row];
            return _items.AsSpan(start, _starts[row + 1] - start);
        }
    }

    /// <summary>Removes all rows.</summary>
    public void Clear() => Count = _next = 0;

    /// <summary>Adds a number to the row that is being filled.</summary>
    /// <param name="item">The number.</param>
    public void Add(int item)
    {
        if (_next == _items.Length)
            Array.Resize(ref _items, Math.Max(16, 2 * _next));
        _items[_next++] = item;
    }

    /// <summary>Ends the row that is being filled.</summary>
    public void EndRow()
    {
        Count++;
        if (Count == _starts.Length)
            Array.Resize(ref _starts, Math.Max(16, 2 * Count));
        _starts[Count] = _next;
    }

    /// <summary>Becomes the inverse of other rows: row i lists, in ascending order, the rows that hold i.</summary>
    /// <param name="rows">The other rows; every number in them is below <paramref name="count"/>.</param>
    /// <param name="count">How many rows to make.</param>
    public void SetInverse(SparseRows rows, int count)
    {
        Debug.Assert(rows != this, "Rows cannot be inverted in place.");
        if (_starts.Length < count + 2)
            _starts = new int[count + 2];
        if (_items.Length < rows._next)
            _items = new int[rows._next];
        Count = count;
        _next = rows._next;

        // starts[i + 2] counts row i, then becomes its start, then moves on to its end: one place early, it is the start of the next
        Span<int> starts = _starts.AsSpan(0, count + 2);
        starts.Clear();
        foreach (int item in rows._items.AsSpan(0, rows._next))
            starts[item + 2]++;
        for (int i = 2; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (int item in rows[row])
                _items[starts[item + 1]++] = row;
        }
    }
}
