using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Index;

/// <summary>Writes segments as the parts that a store keeps: a column a part, as it lies in memory. <see cref="SegmentReader"/> reads them again.</summary>
internal static class SegmentParts
{
    /// <summary>Tells parts from those of other versions: raised when texts are read into words in another way, or columns change.</summary>
    public const int Format = 1;

    /// <summary>Gets a value indicating whether segments can be kept on this machine, whose numbers must lie as everywhere else.</summary>
    public static bool CanKeep => BitConverter.IsLittleEndian;

    /// <summary>Names a segment, so that names are in the order of nodes.</summary>
    public static string NameOf(IndexSegment segment) => string.Create(CultureInfo.InvariantCulture, $"{segment.FirstId:D10}-{segment.EndId:D10}-{segment.FirstEdge:D12}");

    /// <summary>Names the parts of a segment.</summary>
    public static IEnumerable<string> PartsOf(string segment) => Enumerable.Range(0, SegmentReader.Parts).Select(part => PartName(segment, part));

    /// <summary>Writes a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="alteration">The number of the last alteration that it knows of.</param>
    /// <returns>The parts, each made when it is asked for, in the place of the one before: together they are as large as the index.</returns>
    public static IEnumerable<StoredIndexPart> Write(IndexSegment segment, long alteration)
    {
        string name = NameOf(segment);
        // vectors are the largest column
        return Columns(segment, alteration, new ArrayBufferWriter<byte>(Math.Max(1, segment.Vectors.Values.Length))).Select((column, part) => new StoredIndexPart(PartName(name, part), column));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Columns(IndexSegment segment, long alteration, ArrayBufferWriter<byte> place)
    {
        yield return Bytes<long>(place, [Format, WordVectors.Dimensions, segment.FirstId, segment.Nodes.Count, segment.FirstEdge, segment.EndEdge, alteration]);
        IndexedNodes nodes = segment.Nodes;
        yield return Bytes(place, nodes.Kinds);
        yield return Bytes(place, nodes.Flags);
        yield return Bytes(place, nodes.Sources);
        yield return Bytes(place, nodes.Speakers);
        yield return Bytes(place, nodes.SaidAt);
        yield return Bytes(place, nodes.HappenedFirst);
        yield return Bytes(place, nodes.HappenedLast);
        yield return Bytes(place, nodes.Lengths);
        yield return Bytes(place, nodes.Keys);
        yield return Bytes(place, nodes.TitleEnds);
        yield return Bytes(place, nodes.TitleTerms);
        yield return Bytes(place, segment.Postings.Terms);
        yield return Bytes(place, segment.Postings.Ends);
        yield return Bytes(place, segment.Postings.Rows);
        yield return Bytes(place, segment.Postings.Counts);
        yield return Bytes(place, segment.Vectors.Values);
        foreach (IndexedEdges edges in (IndexedEdges[])[segment.Outgoing, segment.Incoming])
        {
            yield return Bytes(place, edges.Nodes);
            yield return Bytes(place, edges.Ends);
            yield return Bytes(place, edges.Others);
            yield return Bytes(place, edges.Kinds);
            yield return Bytes(place, edges.Weights);
            yield return Bytes(place, edges.Relations);
        }
    }

    private static ReadOnlyMemory<byte> Bytes<T>(ArrayBufferWriter<byte> place, ReadOnlySpan<T> column)
        where T : unmanaged
    {
        place.ResetWrittenCount();
        place.Write(MemoryMarshal.AsBytes(column));
        return place.WrittenMemory;
    }

    private static string PartName(string segment, int part) => string.Create(CultureInfo.InvariantCulture, $"{segment}/{part:D2}");
}
