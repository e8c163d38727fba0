using System.Buffers;
using AgentRouter.Language.Vectors;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Finds the turns whose meaning is nearest, by comparing all: that is as fast as memory is read, and exact.</summary>
internal static class NearNodes
{
    // so many are compared by one thread at a time
    private const int Stretch = 1 << 16;

    /// <summary>Finds the nearest turns.</summary>
    /// <param name="index">The index.</param>
    /// <param name="meaning">The direction that is wanted.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="includeSuperseded">Whether nodes that hold no longer are found too.</param>
    /// <returns>The numbers of the nodes, the nearest first; of equal ones the lower number first.</returns>
    public static IReadOnlyCollection<int> Of(MemoryIndex index, ReadOnlySpan<float> meaning, int count, bool includeSuperseded)
    {
        Int8Rows wanted = Int8Rows.Of(meaning);
        if (wanted.InverseLengths[0] == 0)
            return [];
        NodeFlags unwanted = includeSuperseded ? NodeFlags.Missing : NodeFlags.Missing | NodeFlags.Superseded;
        (IndexSegment Segment, int Start)[] stretches =
            [.. index.Segments.SelectMany(segment => Enumerable.Range(0, (segment.Nodes.Count + Stretch - 1) / Stretch).Select(each => (segment, each * Stretch)))];
        var best = new IReadOnlyCollection<(int Id, float Cosine)>[stretches.Length];
        Shared.For(stretches.Length, many: 2, at => best[at] = Nearest(stretches[at].Segment, stretches[at].Start, wanted, count, unwanted));
        return [.. best.SelectMany(each => each).OrderByDescending(each => each.Cosine).ThenBy(each => each.Id).Take(count).Select(each => each.Id)];
    }

    private static List<(int Id, float Cosine)> Nearest(IndexSegment segment, int start, Int8Rows wanted, int count, NodeFlags unwanted)
    {
        int length = Math.Min(Stretch, segment.Nodes.Count - start);
        float[] cosines = ArrayPool<float>.Shared.Rent(length);
        Int8Scan.Cosines(segment.Vectors, start, wanted, cosines.AsSpan(0, length));
        var best = new PriorityQueue<int, float>(count + 1);
        float least = float.NegativeInfinity;
        for (int at = 0; at < length; at++)
        {
            (int row, float cosine) = (start + at, cosines[at]);
            if (cosine <= least || segment.Vectors.InverseLengths[row] == 0 || (segment.Nodes.Flags[row] & (unwanted | NodeFlags.Spoken)) != NodeFlags.Spoken)
                continue;
            if (best.Count < count)
                best.Enqueue(segment.FirstId + row, cosine);
            else
                best.EnqueueDequeue(segment.FirstId + row, cosine);
            if (best.Count == count && best.TryPeek(out _, out float lowest))
                least = lowest;
        }

        ArrayPool<float>.Shared.Return(cosines);
        return [.. best.UnorderedItems];
    }
}
