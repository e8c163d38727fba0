using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using AgentRouter.Language.Vectors;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Index;

/// <summary>Writes segments as the parts that a store keeps, and reads them again: a column a part, as it lies in memory.</summary>
/// <remarks>What cannot be read is no loss: the segment is made anew of its nodes.</remarks>
internal static class SegmentParts
{
    // raised when texts are read into words in another way, or columns change
    private const int Format = 1;
    private const int Count = 29;
    private const int HeadLength = 7 * sizeof(long);

    /// <summary>Gets a value indicating whether segments can be kept on this machine, whose numbers must lie as everywhere else.</summary>
    public static bool CanKeep => BitConverter.IsLittleEndian;

    /// <summary>Names a segment, so that names are in the order of nodes.</summary>
    public static string NameOf(IndexSegment segment) => string.Create(CultureInfo.InvariantCulture, $"{segment.FirstId:D10}-{segment.EndId:D10}-{segment.FirstEdge:D12}");

    /// <summary>Names the parts of a segment.</summary>
    public static IEnumerable<string> PartsOf(string segment) => Enumerable.Range(0, Count).Select(part => PartName(segment, part));

    /// <summary>Writes a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="alteration">The number of the last alteration that it knows of.</param>
    /// <returns>The parts, each made when it is asked for.</returns>
    public static IEnumerable<StoredIndexPart> Write(IndexSegment segment, long alteration)
    {
        string name = NameOf(segment);
        return Columns(segment, alteration).Select((column, part) => new StoredIndexPart(PartName(name, part), column));
    }

    private static IEnumerable<byte[]> Columns(IndexSegment segment, long alteration)
    {
        yield return Bytes<long>([Format, WordVectors.Dimensions, segment.FirstId, segment.Nodes.Count, segment.FirstEdge, segment.EndEdge, alteration]);
        IndexedNodes nodes = segment.Nodes;
        yield return Bytes(nodes.Kinds);
        yield return Bytes(nodes.Flags);
        yield return Bytes(nodes.Sources);
        yield return Bytes(nodes.Speakers);
        yield return Bytes(nodes.SaidAt);
        yield return Bytes(nodes.HappenedFirst);
        yield return Bytes(nodes.HappenedLast);
        yield return Bytes(nodes.Lengths);
        yield return Bytes(nodes.Keys);
        yield return Bytes(nodes.TitleEnds);
        yield return Bytes(nodes.TitleTerms);
        yield return Bytes(segment.Postings.Terms);
        yield return Bytes(segment.Postings.Ends);
        yield return Bytes(segment.Postings.Rows);
        yield return Bytes(segment.Postings.Counts);
        yield return Bytes(segment.Vectors.Values);
        foreach (IndexedEdges edges in (IndexedEdges[])[segment.Outgoing, segment.Incoming])
        {
            yield return Bytes(edges.Nodes);
            yield return Bytes(edges.Ends);
            yield return Bytes(edges.Others);
            yield return Bytes(edges.Kinds);
            yield return Bytes(edges.Weights);
            yield return Bytes(edges.Relations);
        }
    }

    private static byte[] Bytes<T>(ReadOnlySpan<T> column)
        where T : unmanaged => MemoryMarshal.AsBytes(column).ToArray();

    /// <summary>Reads segments, as many from the beginning as follow one on another.</summary>
    /// <param name="parts">The parts that a store keeps, in the order of their names.</param>
    /// <returns>The segments, the least number of an alteration that all of them know of, and the names of what cannot be used.</returns>
    public static (IReadOnlyList<IndexSegment> Segments, long Alteration, IReadOnlyList<string> Unusable) Read(IReadOnlyList<StoredIndexPart> parts)
    {
        var segments = new List<IndexSegment>();
        var unusable = new List<string>();
        long alteration = long.MaxValue;
        foreach (IGrouping<string, StoredIndexPart> group in parts.GroupBy(part => part.Name.Split('/')[0]))
        {
            (IndexSegment Segment, long Alteration)? read = CanKeep ? ReadOne([.. group.Select(part => part.Content)]) : null;
            if (read is { } found && found.Segment.FirstId == (segments.Count == 0 ? 1 : segments[^1].EndId) && found.Segment.FirstEdge == (segments.Count == 0 ? 1 : segments[^1].EndEdge))
            {
                segments.Add(found.Segment);
                alteration = Math.Min(alteration, found.Alteration);
            }
            else
            {
                unusable.AddRange(group.Select(part => part.Name));
            }
        }

        return (segments, segments.Count == 0 ? 0 : alteration, unusable);
    }

    private static string PartName(string segment, int part) => string.Create(CultureInfo.InvariantCulture, $"{segment}/{part:D2}");

    private static (IndexSegment Segment, long Alteration)? ReadOne(ReadOnlyMemory<byte>[] parts)
    {
        if (parts.Length != Count || parts[0].Length != HeadLength)
            return null;
        var head = new long[HeadLength / sizeof(long)];
        for (int i = 0; i < head.Length; i++)
            head[i] = BinaryPrimitives.ReadInt64LittleEndian(parts[0].Span[(i * sizeof(long))..]);
        if (head[0] != Format || head[1] != WordVectors.Dimensions || head[2] is < 1 or > int.MaxValue || head[3] is < 0 or > int.MaxValue || head[4] < 1 || head[5] < head[4])
            return null;
        int next = 1, firstId = (int)head[2], count = (int)head[3];
        var nodes = new IndexedNodes
        {
            Kinds = Column<byte>(),
            Flags = Column<NodeFlags>(),
            Sources = Column<int>(),
            Speakers = Column<ulong>(),
            SaidAt = Column<int>(),
            HappenedFirst = Column<int>(),
            HappenedLast = Column<int>(),
            Lengths = Column<ushort>(),
            Keys = Column<ulong>(),
            TitleEnds = Column<int>(),
            TitleTerms = Column<ulong>(),
        };
        var postings = new Postings { Terms = Column<ulong>(), Ends = Column<int>(), Rows = Column<int>(), Counts = Column<byte>() };
        sbyte[] vectors = Column<sbyte>();
        IndexedEdges outgoing = Edges(), incoming = Edges();
        bool isWhole = nodes.IsWhole(count) && postings.IsWhole(count) && vectors.Length == count * (long)Int8Rows.StrideOf(WordVectors.Dimensions)
            && outgoing.IsWhole() && incoming.IsWhole();
        return isWhole
            ? (new IndexSegment(firstId, nodes, postings, new Int8Rows(vectors, WordVectors.Dimensions), outgoing.For(firstId, count), incoming.For(firstId, count), head[4], head[5]), head[6])
            : null;

        T[] Column<T>()
            where T : unmanaged => MemoryMarshal.Cast<byte, T>(parts[next++].Span).ToArray();

        IndexedEdges Edges() => new()
        {
            Nodes = Column<int>(),
            Ends = Column<int>(),
            Others = Column<int>(),
            Kinds = Column<byte>(),
            Weights = Column<byte>(),
            Relations = Column<MemoryRelation>(),
        };
    }
}
