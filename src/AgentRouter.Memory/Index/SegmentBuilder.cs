using System.Runtime.InteropServices;
using AgentRouter.Language.Vectors;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Times;

namespace AgentRouter.Memory.Index;

/// <summary>Makes a segment of nodes and edges. Used once.</summary>
internal sealed class SegmentBuilder
{
    // in tenths: a word of the text, of what is attached to it, of its title
    private const int InText = 10;
    private const int InAttachment = 7;
    private const int InTitle = 15;

    private readonly int _firstId;
    private readonly TermScanner _scanner = new();
    private readonly List<(ulong Term, int Row, byte Count)> _entries = [];
    private readonly Dictionary<ulong, int> _counts = [];
    private readonly float[] _meaning = new float[Int8Rows.StrideOf(WordVectors.Dimensions)];
    private readonly sbyte[] _vectors;
    private readonly int[] _sources, _saidAt, _happenedFirst, _happenedLast;
    private readonly byte[] _kinds;
    private readonly NodeFlags[] _flags;
    private readonly ulong[] _speakers, _keys;
    private readonly ushort[] _lengths;
    private readonly ulong[]?[] _titles;

    /// <summary>Begins a segment.</summary>
    /// <param name="firstId">The number of its first node.</param>
    /// <param name="count">How many numbers it covers.</param>
    public SegmentBuilder(int firstId, int count)
    {
        _firstId = firstId;
        _vectors = new sbyte[count * Int8Rows.StrideOf(WordVectors.Dimensions)];
        (_sources, _saidAt, _happenedFirst, _happenedLast) = (new int[count], new int[count], new int[count], new int[count]);
        (_kinds, _flags, _speakers, _keys, _lengths) = (new byte[count], new NodeFlags[count], new ulong[count], new ulong[count], new ushort[count]);
        _titles = new ulong[]?[count];
        Array.Fill(_flags, NodeFlags.Missing);
        Array.Fill(_saidAt, int.MinValue);
        Array.Fill(_happenedFirst, -1);
        Array.Fill(_happenedLast, -1);
    }

    /// <summary>Adds a node.</summary>
    public void Add(MemoryNode node)
    {
        int row = (int)node.Id - _firstId;
        _kinds[row] = (byte)node.Kind;
        _flags[row] = FlagsOf(node);
        _sources[row] = (int)node.SourceId;
        _speakers[row] = node.Speaker is null ? 0 : SpeakerNames.Number(node.Speaker, _scanner);
        _saidAt[row] = node.SaidAt is { } said ? (int)Math.Clamp(said.ToUnixTimeSeconds() / 60, int.MinValue + 1L, int.MaxValue) : int.MinValue;
        if (node.Happened is { } period)
            (_happenedFirst[row], _happenedLast[row]) = (period.First.DayNumber, period.Last.DayNumber);
        if (node.Kind == MemoryNodeKind.Concept && EntityKeys.PeriodOf(node.Key) is { } days)
            (_happenedFirst[row], _happenedLast[row]) = (days.First.DayNumber, days.Last.DayNumber);
        if (node.Kind == MemoryNodeKind.Concept)
            (_keys[row], _lengths[row]) = (ConceptKeys.Number(node.Key), ConceptTypes.Of(node.Key));
        if (_flags[row].HasFlag(NodeFlags.Answer))
            Count(node, row);
    }

    /// <summary>Ends the segment.</summary>
    /// <param name="edges">The edges that were written with it; they are sorted in place.</param>
    /// <param name="firstEdge">The number of the first edge.</param>
    /// <param name="endEdge">The number after that of the last edge.</param>
    public IndexSegment Build(List<MemoryEdge> edges, long firstEdge, long endEdge)
    {
        // by term and row; rows of a term were added in ascending order only if nodes were
        CollectionsMarshal.AsSpan(_entries).Sort(static (a, b) => a.Term != b.Term ? a.Term.CompareTo(b.Term) : a.Row.CompareTo(b.Row));
        var terms = new List<ulong>();
        var ends = new List<int>();
        var rows = new int[_entries.Count];
        var counts = new byte[_entries.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            (ulong term, rows[i], counts[i]) = _entries[i];
            if (terms.Count == 0 || terms[^1] != term)
            {
                terms.Add(term);
                ends.Add(i);
            }

            CollectionsMarshal.AsSpan(ends)[^1] = i + 1;
        }

        var nodes = new IndexedNodes
        {
            Kinds = _kinds,
            Flags = _flags,
            Sources = _sources,
            Speakers = _speakers,
            SaidAt = _saidAt,
            HappenedFirst = _happenedFirst,
            HappenedLast = _happenedLast,
            Lengths = _lengths,
            Keys = _keys,
            TitleEnds = TitleEnds(),
            TitleTerms = [.. _titles.SelectMany(title => title ?? [])],
        };
        return new IndexSegment(
            _firstId,
            nodes,
            new Postings { Terms = [.. terms], Ends = [.. ends], Rows = rows, Counts = counts },
            new Int8Rows(_vectors, WordVectors.Dimensions),
            IndexedEdges.Of(CollectionsMarshal.AsSpan(edges), byTarget: false).For(_firstId, nodes.Count),
            IndexedEdges.Of(CollectionsMarshal.AsSpan(edges), byTarget: true).For(_firstId, nodes.Count),
            firstEdge,
            endEdge);
    }

    private int[] TitleEnds()
    {
        var ends = new int[_titles.Length];
        int end = 0;
        for (int row = 0; row < ends.Length; row++)
            ends[row] = end += _titles[row]?.Length ?? 0;
        return ends;
    }

    private static NodeFlags FlagsOf(MemoryNode node)
    {
        NodeFlags flags = node.Kind is MemoryNodeKind.Episode or MemoryNodeKind.Fact or MemoryNodeKind.Reflection ? NodeFlags.Answer : NodeFlags.None;
        if (node.Text.Contains('?', StringComparison.Ordinal))
            flags |= NodeFlags.Asks;
        if (flags != NodeFlags.None && (node.Happened is not null || TimeExpressions.Find(node.Text, saidOn: null).Count > 0))
            flags |= NodeFlags.NamesTime;
        if (node.Speaker is not null)
            flags |= NodeFlags.Spoken;
        if (node.HeldUntil is not null)
            flags |= NodeFlags.Superseded;
        return flags;
    }

    private void Count(MemoryNode node, int row)
    {
        _counts.Clear();
        Array.Clear(_meaning);
        Count(node.Text, InText);
        if (node.Attachment is not null)
            Count(node.Attachment, InAttachment);
        if (node.Speaker is null && (node.Title ?? (PassageSubject.Of(node.Text) is [var name, ..] ? name : null)) is { } title)
            CountTitle(title, row);
        int length = 0;
        foreach ((ulong term, int count) in _counts)
        {
            length += count;
            _entries.Add((term, row, (byte)Math.Min(count, byte.MaxValue)));
            WordVectors.Add(term, Math.Min(count, InText), _meaning);
        }

        _lengths[row] = (ushort)Math.Min(length, ushort.MaxValue);
        int stride = Int8Rows.StrideOf(WordVectors.Dimensions);
        Int8Rows.Round(_meaning.AsSpan(0, WordVectors.Dimensions), _vectors.AsSpan(row * stride, stride));
    }

    private void CountTitle(string title, int row)
    {
        Count(title, InTitle);
        _titles[row] = [.. _scanner.Words.Where(word => word.IsContent).Select(word => word.Number).Distinct()];
    }

    private void Count(string text, int times)
    {
        _scanner.Read(text);
        foreach (ScannedTerm word in _scanner.Words)
        {
            if (!word.IsContent)
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, word.Number, out _) += times;
        }
    }
}
