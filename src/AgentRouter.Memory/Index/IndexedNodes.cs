using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Index;

/// <summary>What retrieval asks of nodes again and again, a column a property. Rows are nodes in the order of their numbers; a number that is missing has a row too.</summary>
internal sealed class IndexedNodes
{
    /// <summary>Gets the kinds.</summary>
    public required byte[] Kinds { get; init; }

    /// <summary>Gets what else is known of them.</summary>
    public required NodeFlags[] Flags { get; init; }

    /// <summary>Gets the numbers of their sources, 0 for none.</summary>
    public required int[] Sources { get; init; }

    /// <summary>Gets the numbers of their speakers' names, 0 for none.</summary>
    public required ulong[] Speakers { get; init; }

    /// <summary>Gets the minutes since 1970 at which they were said, <see cref="int.MinValue"/> where that is unknown.</summary>
    public required int[] SaidAt { get; init; }

    /// <summary>Gets the first days that they speak of, as <see cref="DateOnly.DayNumber"/>, −1 for none.</summary>
    public required int[] HappenedFirst { get; init; }

    /// <summary>Gets the last days that they speak of.</summary>
    public required int[] HappenedLast { get; init; }

    /// <summary>Gets the lengths, in tenths of a word; of concepts their types.</summary>
    public required ushort[] Lengths { get; init; }

    /// <summary>Gets the hashes of the keys of concepts, 0 of other nodes.</summary>
    public required ulong[] Keys { get; init; }

    /// <summary>Gets where the terms of each title end.</summary>
    public required int[] TitleEnds { get; init; }

    /// <summary>Gets the terms of titles.</summary>
    public required ulong[] TitleTerms { get; init; }

    /// <summary>Gets how many rows there are.</summary>
    public int Count => Kinds.Length;

    /// <summary>Gets the kind of a row.</summary>
    public MemoryNodeKind KindOf(int row) => (MemoryNodeKind)Kinds[row];

    /// <summary>Gets the terms of a row's title.</summary>
    public ReadOnlySpan<ulong> TitleOf(int row) => TitleTerms.AsSpan((row == 0 ? 0 : TitleEnds[row - 1])..TitleEnds[row]);

    /// <summary>Tells whether all columns have so many rows.</summary>
    public bool IsWhole(int count) => Kinds.Length == count && Flags.Length == count && Sources.Length == count && Speakers.Length == count && SaidAt.Length == count
        && HappenedFirst.Length == count && HappenedLast.Length == count && Lengths.Length == count && Keys.Length == count
        && TitleEnds.Length == count && Sorted.IsPartition(TitleEnds, TitleTerms.Length, mayBeEmpty: true);

    /// <summary>Makes the same nodes with other flags.</summary>
    public IndexedNodes With(NodeFlags[] flags) => new()
    {
        Kinds = Kinds,
        Flags = flags,
        Sources = Sources,
        Speakers = Speakers,
        SaidAt = SaidAt,
        HappenedFirst = HappenedFirst,
        HappenedLast = HappenedLast,
        Lengths = Lengths,
        Keys = Keys,
        TitleEnds = TitleEnds,
        TitleTerms = TitleTerms,
    };

    /// <summary>Makes the same nodes with nothing left of some of them.</summary>
    public IndexedNodes Without(IReadOnlySet<int> rows)
    {
        var ends = new int[Count];
        var terms = new List<ulong>();
        for (int row = 0; row < Count; row++)
        {
            if (!rows.Contains(row))
                terms.AddRange(TitleOf(row));
            ends[row] = terms.Count;
        }

        return new IndexedNodes
        {
            Kinds = Cleared(Kinds, rows, (byte)0),
            Flags = Cleared(Flags, rows, NodeFlags.Missing),
            Sources = Cleared(Sources, rows, 0),
            Speakers = Cleared(Speakers, rows, 0UL),
            SaidAt = Cleared(SaidAt, rows, int.MinValue),
            HappenedFirst = Cleared(HappenedFirst, rows, -1),
            HappenedLast = Cleared(HappenedLast, rows, -1),
            Lengths = Cleared(Lengths, rows, (ushort)0),
            Keys = Cleared(Keys, rows, 0UL),
            TitleEnds = ends,
            TitleTerms = [.. terms],
        };
    }

    /// <summary>Puts the rows of others one after the other.</summary>
    public static IndexedNodes Concat(IReadOnlyList<IndexedNodes> parts) => new()
    {
        TitleEnds = JoinEnds(parts),
        TitleTerms = [.. parts.SelectMany(part => part.TitleTerms)],
        Kinds = Join(parts, part => part.Kinds),
        Flags = Join(parts, part => part.Flags),
        Sources = Join(parts, part => part.Sources),
        Speakers = Join(parts, part => part.Speakers),
        SaidAt = Join(parts, part => part.SaidAt),
        HappenedFirst = Join(parts, part => part.HappenedFirst),
        HappenedLast = Join(parts, part => part.HappenedLast),
        Lengths = Join(parts, part => part.Lengths),
        Keys = Join(parts, part => part.Keys),
    };

    private static int[] JoinEnds(IReadOnlyList<IndexedNodes> parts)
    {
        int[] ends = Join(parts, part => part.TitleEnds);
        int at = 0, terms = 0;
        foreach (IndexedNodes part in parts)
        {
            for (int row = 0; row < part.Count; row++)
                ends[at++] += terms;
            terms += part.TitleTerms.Length;
        }

        return ends;
    }

    private static T[] Cleared<T>(T[] column, IReadOnlySet<int> rows, T nothing)
    {
        T[] cleared = [.. column];
        foreach (int row in rows)
            cleared[row] = nothing;
        return cleared;
    }

    private static T[] Join<T>(IReadOnlyList<IndexedNodes> parts, Func<IndexedNodes, T[]> column)
    {
        var joined = new T[parts.Sum(part => part.Count)];
        int at = 0;
        foreach (IndexedNodes part in parts)
        {
            column(part).CopyTo(joined, at);
            at += part.Count;
        }

        return joined;
    }
}
