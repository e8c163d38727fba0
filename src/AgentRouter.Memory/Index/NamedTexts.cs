using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Index;

/// <summary>The texts that are about a name, and those that mention it; turns are not among them: they are found by what was said around them.</summary>
/// <param name="About">The texts that are about it, ascending.</param>
/// <param name="Mentions">The texts that mention it, ascending; none of them where there are more than are listed.</param>
/// <param name="Mentioned">How many texts mention it.</param>
internal sealed record NamedTexts(int[] About, int[] Mentions, int Mentioned)
{
    /// <summary>The most texts that mention a name for which they are listed: names with more lead nowhere.</summary>
    public const int MostMentions = 300;

    /// <summary>Finds the texts of a name.</summary>
    /// <param name="segments">The segments of an index.</param>
    /// <param name="index">The index.</param>
    /// <param name="concept">The name's node.</param>
    public static NamedTexts Of(IReadOnlyList<IndexSegment> segments, MemoryIndex index, int concept)
    {
        var about = new List<int>();
        var mentions = new List<int>();
        int mentioned = 0;
        foreach (IndexSegment segment in segments)
            Collect(segment, index, concept, about, mentions, ref mentioned);
        about.Sort();
        mentions.Sort();
        return new NamedTexts([.. about], mentioned > MostMentions ? [] : [.. mentions], mentioned);
    }

    private static void Collect(IndexSegment edgesOf, MemoryIndex index, int concept, List<int> about, List<int> mentions, ref int mentioned)
    {
        IndexedEdges edges = edgesOf.Incoming;
        (int start, int end) = edges.Find(concept);
        IndexSegment segment = edgesOf;
        for (int edge = start; edge < end; edge++)
        {
            var kind = (MemoryEdgeKind)edges.Kinds[edge];
            if (kind is not (MemoryEdgeKind.About or MemoryEdgeKind.Mentions))
                continue;
            int other = edges.Others[edge];
            if (other < segment.FirstId || other >= segment.EndId)
                segment = index.SegmentOf(other);
            if ((segment.Nodes.Flags[other - segment.FirstId] & NodeFlags.Spoken) != 0)
                continue;
            if (kind == MemoryEdgeKind.About)
                about.Add(other);
            else if (++mentioned <= MostMentions)
                mentions.Add(other);
        }
    }
}
