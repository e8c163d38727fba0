namespace AgentRouter.Memory.Index;

/// <summary>For each term the nodes that have it, and how often.</summary>
internal sealed class Postings
{
    /// <summary>Gets the terms, ascending.</summary>
    public required ulong[] Terms { get; init; }

    /// <summary>Gets where the entries of each term end.</summary>
    public required int[] Ends { get; init; }

    /// <summary>Gets the row of each entry; ascending within a term.</summary>
    public required int[] Rows { get; init; }

    /// <summary>Gets how often the term is in the node, in tenths, at most 255.</summary>
    public required byte[] Counts { get; init; }

    /// <summary>Finds the entries of a term.</summary>
    /// <param name="term">The term.</param>
    /// <returns>Where they begin and end; nothing where there are none.</returns>
    public (int Start, int End) Find(ulong term)
    {
        int place = Array.BinarySearch(Terms, term);
        return place < 0 ? (0, 0) : (StartOf(place), Ends[place]);
    }

    /// <summary>Gets where the entries of a term begin.</summary>
    public int StartOf(int place) => place == 0 ? 0 : Ends[place - 1];

    /// <summary>Puts postings of one stretch of nodes after another.</summary>
    /// <param name="parts">The postings, and the row at which each one's rows begin.</param>
    public static Postings Concat(IReadOnlyList<(Postings Postings, int FirstRow)> parts)
    {
        int entries = parts.Sum(part => part.Postings.Rows.Length);
        var terms = new List<ulong>();
        var ends = new List<int>();
        var rows = new int[entries];
        var counts = new byte[entries];
        var next = new int[parts.Count];
        int at = 0;
        while (Lowest(parts, next) is { } term)
        {
            for (int p = 0; p < next.Length; p++)
            {
                (Postings part, int firstRow) = parts[p];
                if (next[p] == part.Terms.Length || part.Terms[next[p]] != term)
                    continue;
                int start = part.StartOf(next[p]), end = part.Ends[next[p]++];
                part.Counts.AsSpan(start..end).CopyTo(counts.AsSpan(at));
                for (int entry = start; entry < end; entry++)
                    rows[at++] = part.Rows[entry] + firstRow;
            }

            terms.Add(term);
            ends.Add(at);
        }

        return new Postings { Terms = [.. terms], Ends = [.. ends], Rows = rows, Counts = counts };
    }

    /// <summary>Tells whether the parts fit together, and no row is outside.</summary>
    public bool IsWhole(int nodes) => Terms.Length == Ends.Length && Rows.Length == Counts.Length && Sorted.IsPartition(Ends, Rows.Length)
        && Sorted.IsAscending<ulong>(Terms) && Sorted.IsWithin(Rows, 0, nodes - 1);

    /// <summary>Makes the same postings without some rows, and without the terms that only they had.</summary>
    public Postings Without(IReadOnlySet<int> gone)
    {
        var terms = new List<ulong>(Terms.Length);
        var ends = new List<int>(Terms.Length);
        var rows = new List<int>(Rows.Length);
        var counts = new List<byte>(Rows.Length);
        for (int place = 0; place < Terms.Length; place++)
        {
            int before = rows.Count;
            for (int entry = StartOf(place); entry < Ends[place]; entry++)
            {
                if (gone.Contains(Rows[entry]))
                    continue;
                rows.Add(Rows[entry]);
                counts.Add(Counts[entry]);
            }

            if (rows.Count == before)
                continue;
            terms.Add(Terms[place]);
            ends.Add(rows.Count);
        }

        return new Postings { Terms = [.. terms], Ends = [.. ends], Rows = [.. rows], Counts = [.. counts] };
    }

    private static ulong? Lowest(IReadOnlyList<(Postings Postings, int FirstRow)> parts, int[] next)
    {
        ulong? lowest = null;
        for (int p = 0; p < next.Length; p++)
        {
            ulong[] terms = parts[p].Postings.Terms;
            if (next[p] < terms.Length && (lowest is null || terms[next[p]] < lowest))
                lowest = terms[next[p]];
        }

        return lowest;
    }
}
