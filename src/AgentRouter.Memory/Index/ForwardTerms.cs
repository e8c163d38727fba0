namespace AgentRouter.Memory.Index;

/// <summary>For each node the terms that it has: postings the other way round.</summary>
internal sealed class ForwardTerms
{
    private readonly int[] _ends;
    private readonly int[] _places;
    private readonly byte[] _counts;

    /// <summary>Turns postings round.</summary>
    /// <param name="postings">The postings.</param>
    /// <param name="rows">How many nodes there are.</param>
    public ForwardTerms(Postings postings, int rows)
    {
        _ends = new int[rows];
        foreach (int row in postings.Rows)
            _ends[row]++;
        for (int row = 1; row < rows; row++)
            _ends[row] += _ends[row - 1];
        _places = new int[postings.Rows.Length];
        _counts = new byte[postings.Rows.Length];
        // filled from behind, so that every end walks down to its start
        int[] next = [.. _ends];
        for (int place = postings.Terms.Length - 1; place >= 0; place--)
        {
            for (int entry = postings.Ends[place] - 1; entry >= postings.StartOf(place); entry--)
            {
                int at = --next[postings.Rows[entry]];
                (_places[at], _counts[at]) = (place, postings.Counts[entry]);
            }
        }
    }

    /// <summary>Gets the places of a node's terms among the terms of the postings, ascending.</summary>
    public ReadOnlySpan<int> PlacesOf(int row) => _places.AsSpan(StartOf(row).._ends[row]);

    /// <summary>Gets how often each of them is there, in tenths.</summary>
    public ReadOnlySpan<byte> CountsOf(int row) => _counts.AsSpan(StartOf(row).._ends[row]);

    private int StartOf(int row) => row == 0 ? 0 : _ends[row - 1];
}
