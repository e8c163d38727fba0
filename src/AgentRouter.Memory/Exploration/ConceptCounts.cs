using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Exploration;

/// <summary>Counts how often concepts are mentioned, and finds the newest sources.</summary>
internal static class ConceptCounts
{
    /// <summary>Lists the concepts that are mentioned most.</summary>
    /// <param name="index">The index.</param>
    /// <param name="count">How many.</param>
    /// <returns>Their numbers with the mentions, the most first, of as many the older one first.</returns>
    public static IReadOnlyList<(int Id, int Mentions)> Most(MemoryIndex index, int count)
    {
        var best = new PriorityQueue<(int Id, int Mentions), (int Mentions, int Older)>(count + 1);
        foreach (int id in Of(index, MemoryNodeKind.Concept))
        {
            EdgeCursor edges = index.EdgesOf(id, incoming: true);
            int mentions = edges.Count(MemoryEdgeKind.Mentions) + edges.Count(MemoryEdgeKind.About);
            best.Enqueue((id, mentions), (mentions, -id));
            if (best.Count > count)
                best.Dequeue();
        }

        var most = new (int Id, int Mentions)[best.Count];
        for (int i = most.Length - 1; i >= 0; i--)
            most[i] = best.Dequeue();
        return most;
    }

    /// <summary>Lists the newest sources by when the last of them was said, those without times behind them; of as new ones that which was written last comes first.</summary>
    public static IReadOnlyList<int> Newest(MemoryIndex index, int count)
    {
        Dictionary<int, int> last = Of(index, MemoryNodeKind.Source).ToDictionary(id => id, _ => int.MinValue);
        foreach (IndexSegment segment in index.Segments)
        {
            for (int row = 0; row < segment.Nodes.Count; row++)
            {
                int source = segment.Nodes.KindOf(row) == MemoryNodeKind.Source ? segment.FirstId + row : segment.Nodes.Sources[row];
                if (last.TryGetValue(source, out int known) && segment.Nodes.SaidAt[row] > known)
                    last[source] = segment.Nodes.SaidAt[row];
            }
        }

        return [.. last.OrderByDescending(source => source.Value).ThenByDescending(source => source.Key).Take(count).Select(source => source.Key)];
    }

    private static IEnumerable<int> Of(MemoryIndex index, MemoryNodeKind kind) =>
        from segment in index.Segments
        from row in Enumerable.Range(0, segment.Nodes.Count)
        where segment.Nodes.KindOf(row) == kind && (segment.Nodes.Flags[row] & NodeFlags.Missing) == 0
        select segment.FirstId + row;
}
