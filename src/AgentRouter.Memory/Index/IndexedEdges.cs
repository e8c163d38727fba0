using System.Runtime.InteropServices;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Index;

/// <summary>Edges sorted by the node on one of their sides, so that all edges of a node lie together.</summary>
internal sealed class IndexedEdges
{
    private int _firstId;
    private int[] _places = [];

    /// <summary>Gets the numbers of the nodes that have edges here, ascending.</summary>
    public required int[] Nodes { get; init; }

    /// <summary>Gets where the edges of each of them end.</summary>
    public required int[] Ends { get; init; }

    /// <summary>Gets the node on the other side of each edge.</summary>
    public required int[] Others { get; init; }

    /// <summary>Gets the kind of each edge.</summary>
    public required byte[] Kinds { get; init; }

    /// <summary>Gets the weight of each edge, 255 for 1.</summary>
    public required byte[] Weights { get; init; }

    /// <summary>Gets the relation of each edge.</summary>
    public required MemoryRelation[] Relations { get; init; }

    /// <summary>Gets how many edges there are.</summary>
    public int Count => Others.Length;

    /// <summary>Finds the edges of a node.</summary>
    /// <returns>Where they begin and end; nothing where there are none.</returns>
    public (int Start, int End) Find(int node)
    {
        uint row = (uint)(node - _firstId);
        int place = row < (uint)_places.Length ? _places[row] : Array.BinarySearch(Nodes, node);
        return place < 0 ? (0, 0) : (StartOf(place), Ends[place]);
    }

    /// <summary>Tells whether the parts fit together.</summary>
    public bool IsWhole() => Nodes.Length == Ends.Length && Kinds.Length == Count && Weights.Length == Count && Relations.Length == Count
        && Sorted.IsPartition(Ends, Count) && Sorted.IsAscending<int>(Nodes) && Sorted.IsWithin(Others, 1, int.MaxValue);

    /// <summary>Makes the edges of a stretch of nodes quick to find.</summary>
    /// <param name="firstId">The number of the first node.</param>
    /// <param name="count">How many nodes.</param>
    /// <returns>These edges.</returns>
    public IndexedEdges For(int firstId, int count)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        for (int place = 0; place < Nodes.Length; place++)
        {
            uint row = (uint)(Nodes[place] - firstId);
            if (row < (uint)count)
                places[row] = place;
        }

        (_firstId, _places) = (firstId, places);
        return this;
    }

    /// <summary>Makes the same edges without those of some nodes.</summary>
    /// <param name="gone">The numbers of the nodes.</param>
    /// <returns>Other edges, or these where there are none of them.</returns>
    public IndexedEdges Without(IReadOnlySet<int> gone)
    {
        if (!Nodes.Any(gone.Contains) && !Others.Any(gone.Contains))
            return this;
        var nodes = new List<int>();
        var ends = new List<int>();
        var kept = new List<int>();
        for (int place = 0; place < Nodes.Length; place++)
        {
            if (gone.Contains(Nodes[place]))
                continue;
            int before = kept.Count;
            for (int edge = StartOf(place); edge < Ends[place]; edge++)
            {
                if (!gone.Contains(Others[edge]))
                    kept.Add(edge);
            }

            if (kept.Count == before)
                continue;
            nodes.Add(Nodes[place]);
            ends.Add(kept.Count);
        }

        return new IndexedEdges
        {
            Nodes = [.. nodes],
            Ends = [.. ends],
            Others = [.. kept.Select(edge => Others[edge])],
            Kinds = [.. kept.Select(edge => Kinds[edge])],
            Weights = [.. kept.Select(edge => Weights[edge])],
            Relations = [.. kept.Select(edge => Relations[edge])],
        }.For(_firstId, _places.Length);
    }

    /// <summary>Sorts edges by one of their sides.</summary>
    /// <param name="edges">The edges, in any order; they are sorted in place.</param>
    /// <param name="byTarget">Whether by the node that they reach, not by the one that they leave.</param>
    public static IndexedEdges Of(Span<MemoryEdge> edges, bool byTarget)
    {
        if (byTarget)
            edges.Sort(static (a, b) => a.To != b.To ? a.To.CompareTo(b.To) : a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : a.From.CompareTo(b.From));
        else
            edges.Sort(static (a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : a.To.CompareTo(b.To));
        var nodes = new List<int>();
        var ends = new List<int>();
        var (others, kinds, weights, relations) = (new int[edges.Length], new byte[edges.Length], new byte[edges.Length], new MemoryRelation[edges.Length]);
        for (int i = 0; i < edges.Length; i++)
        {
            MemoryEdge edge = edges[i];
            int node = (int)(byTarget ? edge.To : edge.From);
            if (nodes.Count == 0 || nodes[^1] != node)
            {
                nodes.Add(node);
                ends.Add(i);
            }

            CollectionsMarshal.AsSpan(ends)[^1] = i + 1;
            (others[i], kinds[i], relations[i]) = ((int)(byTarget ? edge.From : edge.To), (byte)edge.Kind, edge.Relation);
            weights[i] = (byte)Math.Clamp(MathF.Round(edge.Weight * byte.MaxValue), 1, byte.MaxValue);
        }

        return new IndexedEdges { Nodes = [.. nodes], Ends = [.. ends], Others = others, Kinds = kinds, Weights = weights, Relations = relations };
    }

    /// <summary>Puts edges together; those of a node in the order of the parts.</summary>
    public static IndexedEdges Merge(IReadOnlyList<IndexedEdges> parts)
    {
        int count = parts.Sum(part => part.Count), at = 0;
        var (others, kinds, weights, relations) = (new int[count], new byte[count], new byte[count], new MemoryRelation[count]);
        var nodes = new List<int>();
        var ends = new List<int>();
        var next = new int[parts.Count];
        while (Lowest(parts, next) is { } node)
        {
            for (int p = 0; p < next.Length; p++)
            {
                IndexedEdges part = parts[p];
                if (next[p] == part.Nodes.Length || part.Nodes[next[p]] != node)
                    continue;
                int start = part.StartOf(next[p]), length = part.Ends[next[p]++] - start;
                part.Others.AsSpan(start, length).CopyTo(others.AsSpan(at));
                part.Kinds.AsSpan(start, length).CopyTo(kinds.AsSpan(at));
                part.Weights.AsSpan(start, length).CopyTo(weights.AsSpan(at));
                part.Relations.AsSpan(start, length).CopyTo(relations.AsSpan(at));
                at += length;
            }

            nodes.Add(node);
            ends.Add(at);
        }

        return new IndexedEdges { Nodes = [.. nodes], Ends = [.. ends], Others = others, Kinds = kinds, Weights = weights, Relations = relations };
    }

    private int StartOf(int place) => place == 0 ? 0 : Ends[place - 1];

    private static int? Lowest(IReadOnlyList<IndexedEdges> parts, int[] next)
    {
        int? lowest = null;
        for (int p = 0; p < next.Length; p++)
        {
            int[] nodes = parts[p].Nodes;
            if (next[p] < nodes.Length && (lowest is null || nodes[next[p]] < lowest))
                lowest = nodes[next[p]];
        }

        return lowest;
    }
}
