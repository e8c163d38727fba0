using System.Runtime.InteropServices;
using AgentRouter.Language.Vectors;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Index;

/// <summary>Makes segments of the parts that a store keeps, as many from the beginning as follow one on another.</summary>
/// <remarks>What cannot be read is no loss: the segment is made anew of its nodes. Used once.</remarks>
internal sealed class SegmentReader
{
    // in the order in which they are written
    private static readonly Func<ReadOnlySpan<byte>, Array>[] Columns =
    [
        Column<long>,
        Column<byte>, Column<NodeFlags>, Column<int>, Column<ulong>, Column<int>, Column<int>, Column<int>, Column<ushort>, Column<ulong>, Column<int>, Column<ulong>,
        Column<ulong>, Column<int>, Column<int>, Column<byte>,
        Column<sbyte>,
        Column<int>, Column<int>, Column<int>, Column<byte>, Column<byte>, Column<MemoryRelation>,
        Column<int>, Column<int>, Column<int>, Column<byte>, Column<byte>, Column<MemoryRelation>,
    ];

    /// <summary>Gets how many parts a segment has.</summary>
    public static int Parts => Columns.Length;

    private readonly List<IndexSegment> _segments = [];
    private readonly List<string> _unusable = [];
    private readonly List<string> _names = [];
    private readonly List<Array> _columns = [];
    private long _alteration = long.MaxValue;

    /// <summary>Adds the next part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its bytes.</param>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        if (_names.Count > 0 && !IsOfOne(_names[^1], name))
            EndSegment();
        _names.Add(name);
        if (SegmentParts.CanKeep && _columns.Count < Parts)
            _columns.Add(Columns[_columns.Count](content));
    }

    /// <summary>Ends the reading.</summary>
    /// <returns>The segments, the least number of an alteration that all of them know of, and the names of what cannot be used.</returns>
    public (IReadOnlyList<IndexSegment> Segments, long Alteration, IReadOnlyList<string> Unusable) End()
    {
        EndSegment();
        return (_segments, _segments.Count == 0 ? 0 : _alteration, _unusable);
    }

    private static bool IsOfOne(string name, string other) => name.Split('/')[0] == other.Split('/')[0];

    private void EndSegment()
    {
        (int firstId, long firstEdge) = _segments.Count == 0 ? (1, 1) : (_segments[^1].EndId, _segments[^1].EndEdge);
        if (_names.Count == Parts && Made() is { } made && made.Segment.FirstId == firstId && made.Segment.FirstEdge == firstEdge)
        {
            _segments.Add(made.Segment);
            _alteration = Math.Min(_alteration, made.Alteration);
        }
        else
        {
            _unusable.AddRange(_names);
        }

        _names.Clear();
        _columns.Clear();
    }

    private (IndexSegment Segment, long Alteration)? Made()
    {
        if (_columns.Count != Parts || _columns[0] is not long[] { Length: 7 } head
            || head[0] != SegmentParts.Format || head[1] != WordVectors.Dimensions || head[2] is < 1 or > int.MaxValue || head[3] is < 0 or > int.MaxValue || head[4] < 1 || head[5] < head[4])
            return null;
        int next = 1, firstId = (int)head[2], count = (int)head[3];
        var nodes = new IndexedNodes
        {
            Kinds = Next<byte>(),
            Flags = Next<NodeFlags>(),
            Sources = Next<int>(),
            Speakers = Next<ulong>(),
            SaidAt = Next<int>(),
            HappenedFirst = Next<int>(),
            HappenedLast = Next<int>(),
            Lengths = Next<ushort>(),
            Keys = Next<ulong>(),
            TitleEnds = Next<int>(),
            TitleTerms = Next<ulong>(),
        };
        var postings = new Postings { Terms = Next<ulong>(), Ends = Next<int>(), Rows = Next<int>(), Counts = Next<byte>() };
        sbyte[] vectors = Next<sbyte>();
        IndexedEdges outgoing = Edges(), incoming = Edges();
        bool isWhole = nodes.IsWhole(count) && postings.IsWhole(count) && vectors.Length == count * (long)Int8Rows.StrideOf(WordVectors.Dimensions)
            && outgoing.IsWhole() && incoming.IsWhole();
        return isWhole
            ? (new IndexSegment(firstId, nodes, postings, new Int8Rows(vectors, WordVectors.Dimensions), outgoing.For(firstId, count), incoming.For(firstId, count), head[4], head[5]), head[6])
            : null;

        T[] Next<T>() => (T[])_columns[next++];

        IndexedEdges Edges() => new()
        {
            Nodes = Next<int>(),
            Ends = Next<int>(),
            Others = Next<int>(),
            Kinds = Next<byte>(),
            Weights = Next<byte>(),
            Relations = Next<MemoryRelation>(),
        };
    }

    private static T[] Column<T>(ReadOnlySpan<byte> content)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(content).ToArray();
}
