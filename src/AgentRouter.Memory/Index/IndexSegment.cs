using System.Runtime.InteropServices;
using AgentRouter.Language.Vectors;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Index;

/// <summary>A stretch of nodes as retrieval sees them, and the edges that were written with them. Never changes.</summary>
/// <param name="FirstId">The number of the node of row 0.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Postings">Their words.</param>
/// <param name="Vectors">What their words mean together, a row a node.</param>
/// <param name="Outgoing">Edges by the nodes that they leave, which may be in other segments.</param>
/// <param name="Incoming">The same edges by the nodes that they reach.</param>
/// <param name="FirstEdge">The number of the first edge.</param>
/// <param name="EndEdge">The number after that of the last edge.</param>
internal sealed record IndexSegment(
    int FirstId, IndexedNodes Nodes, Postings Postings, Int8Rows Vectors, IndexedEdges Outgoing, IndexedEdges Incoming, long FirstEdge, long EndEdge)
{
    /// <summary>Gets how much work it is to copy, in nodes.</summary>
    public int Size => Nodes.Count + Outgoing.Count / 4;

    private readonly (ulong[] Keys, int[] Rows, KeyFilter Filter) _concepts = Sort(Nodes.Keys);

    /// <summary>Gets the row of each term's word vector, −1 for terms without one.</summary>
    public int[] VectorRows { get; private init; } = Array.ConvertAll(Postings.Terms, WordVectors.RowOf);

    /// <summary>Gets how many answers it has, and how long they are.</summary>
    public AnswerLengths Lengths { get; } = AnswerLengths.Of(Nodes);

    /// <summary>Gets how long sources are here.</summary>
    public SourceLengths SourceLengths { get; } = new(Nodes);

    /// <summary>Gets the years in which something in it was said.</summary>
    public IReadOnlyCollection<int> Years { get; } =
        [.. Nodes.SaidAt.Where(minutes => minutes != int.MinValue).Select(minutes => minutes / (24 * 60)).Distinct().Select(day => DateTime.UnixEpoch.AddDays(day).Year).Distinct()];

    /// <summary>Gets the terms of each node.</summary>
    public ForwardTerms Forward { get; private init; } = new(Postings, Nodes.Count);

    /// <summary>Gets the numbers of the names of those who speak in it.</summary>
    public IReadOnlySet<ulong> Speakers { get; } = Nodes.Speakers.Where(speaker => speaker != 0).ToHashSet();

    /// <summary>Gets the number after that of the last node.</summary>
    public int EndId => FirstId + Nodes.Count;

    /// <summary>Puts neighbouring segments together.</summary>
    /// <param name="segments">The segments, each beginning where the one before ends.</param>
    public static IndexSegment Merge(IReadOnlyList<IndexSegment> segments)
    {
        int first = segments[0].FirstId;
        var vectors = new sbyte[segments.Sum(segment => segment.Vectors.Values.Length)];
        int at = 0;
        foreach (IndexSegment segment in segments)
        {
            segment.Vectors.Values.CopyTo(vectors.AsSpan(at));
            at += segment.Vectors.Values.Length;
        }

        IndexedNodes nodes = IndexedNodes.Concat([.. segments.Select(segment => segment.Nodes)]);
        return new IndexSegment(
            first,
            nodes,
            Postings.Concat([.. segments.Select(segment => (segment.Postings, segment.FirstId - first))]),
            new Int8Rows(vectors, segments[0].Vectors.Dimensions),
            IndexedEdges.Merge([.. segments.Select(segment => segment.Outgoing)]).For(first, nodes.Count),
            IndexedEdges.Merge([.. segments.Select(segment => segment.Incoming)]).For(first, nodes.Count),
            segments[0].FirstEdge,
            segments[^1].EndEdge);
    }

    /// <summary>Makes the same segment with what happened to nodes after they were written.</summary>
    /// <param name="superseded">The numbers of those that hold no longer.</param>
    /// <param name="erased">The numbers of those that are erased: nothing of them is left.</param>
    /// <returns>Another segment, or this one where nothing changes.</returns>
    public IndexSegment With(IReadOnlySet<int> superseded, IReadOnlySet<int> erased)
    {
        int[] marked = [.. superseded.Where(Holds)], gone = [.. erased.Where(Holds)];
        IndexSegment changed = this;
        if (marked.Length > 0)
        {
            NodeFlags[] flags = [.. Nodes.Flags];
            foreach (int id in marked)
                flags[id - FirstId] |= NodeFlags.Superseded;
            changed = changed with { Nodes = Nodes.With(flags) };
        }

        if (gone.Length > 0)
        {
            var rows = new HashSet<int>(gone.Select(id => id - FirstId));
            sbyte[] vectors = Vectors.Values.ToArray();
            foreach (int row in rows)
                vectors.AsSpan(row * Vectors.Stride, Vectors.Stride).Clear();
            Postings left = Postings.Without(rows);
            changed = changed with { Nodes = changed.Nodes.Without(rows), Postings = left, Forward = new ForwardTerms(left, Nodes.Count), VectorRows = Array.ConvertAll(left.Terms, WordVectors.RowOf), Vectors = new Int8Rows(vectors, Vectors.Dimensions) };
        }

        return erased.Count == 0 ? changed : changed with { Outgoing = Outgoing.Without(erased), Incoming = Incoming.Without(erased) };
    }

    /// <summary>Makes the same segment with more edges.</summary>
    /// <param name="edges">The edges.</param>
    public IndexSegment With(List<MemoryEdge> edges) => this with
    {
        Outgoing = IndexedEdges.Merge([Outgoing, IndexedEdges.Of(CollectionsMarshal.AsSpan(edges), byTarget: false)]).For(FirstId, Nodes.Count),
        Incoming = IndexedEdges.Merge([Incoming, IndexedEdges.Of(CollectionsMarshal.AsSpan(edges), byTarget: true)]).For(FirstId, Nodes.Count),
    };

    /// <summary>Finds a concept.</summary>
    /// <param name="key">The number of its key.</param>
    public int? FindConcept(ulong key) =>
        _concepts.Filter.MayHold(key) && Array.BinarySearch(_concepts.Keys, key) is >= 0 and var place ? FirstId + _concepts.Rows[place] : null;

    private static (ulong[] Keys, int[] Rows, KeyFilter Filter) Sort(ulong[] keys)
    {
        int[] rows = [.. Enumerable.Range(0, keys.Length).Where(row => keys[row] != 0)];
        ulong[] sorted = [.. rows.Select(row => keys[row])];
        Array.Sort(sorted, rows);
        return (sorted, rows, new KeyFilter(sorted));
    }

    private bool Holds(int id) => id >= FirstId && id < EndId;
}
