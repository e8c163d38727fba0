using System.Runtime.InteropServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Chooses the turns that are looked at closely: those whose words or meaning match, what was said around them, and the conversations that match as a whole.</summary>
/// <remarks>In small scopes that is everything with a chance; in large ones it keeps a question's work bounded.</remarks>
internal static class Candidates
{
    private const int ByWords = 300;
    private const int BySources = 8;
    private const int FromSource = 40;

    // documents may match better than any conversation
    private const int MostSources = 200;
    private const int Around = 2;

    // a match in a conversation that is about the question is more than one elsewhere
    private const float OfSource = 0.3f;

    /// <summary>Chooses the candidates.</summary>
    /// <param name="index">The index.</param>
    /// <param name="scores">How well words match.</param>
    /// <param name="near">Nodes whose meaning is near.</param>
    /// <returns>The numbers of the nodes, ascending.</returns>
    public static int[] Of(MemoryIndex index, LexicalScores scores, IEnumerable<int> near)
    {
        var chosen = new HashSet<int>();
        foreach (int id in BestByWords(index, scores).Concat(near))
        {
            chosen.Add(id);
            foreach (int step in (int[])[-1, 1])
            {
                int other = id;
                for (int i = 0; i < Around && (other = Sequence.Neighbour(index, other, step)) != 0; i++)
                    chosen.Add(other);
            }
        }

        IEnumerable<int> sources = scores.Sources.OrderByDescending(each => each.Value).ThenBy(each => each.Key).Select(each => each.Key).Take(MostSources);
        foreach (IReadOnlyList<int> turns in sources.Select(source => FirstTurns(index, source)).Where(turns => turns.Count > 0).Take(BySources))
            chosen.UnionWith(turns);
        int[] ids = [.. chosen];
        Array.Sort(ids);
        return ids;
    }

    // a document has none
    private static List<int> FirstTurns(MemoryIndex index, int source)
    {
        var turns = new List<int>();
        int seen = 0;
        for (EdgeCursor edges = index.EdgesOf(source, incoming: true); seen < FromSource && edges.MoveNext();)
        {
            if (edges.Kind != MemoryEdgeKind.PartOf)
                continue;
            seen++;
            if (index.IsSpoken(edges.Other))
                turns.Add(edges.Other);
        }

        return turns;
    }

    private static IReadOnlyList<int> BestByWords(MemoryIndex index, LexicalScores scores)
    {
        var spoken = new List<int>();
        foreach (int id in scores.Nodes.Touched)
        {
            if (index.IsSpoken(id))
                spoken.Add(id);
        }

        ReadOnlySpan<int> ids = CollectionsMarshal.AsSpan(spoken);
        if (ids.Length > ByWords)
        {
            // whatever its source adds, a node that is so far behind is not among the best
            IReadOnlyList<int> best = TopNodes.Of(ids, id => scores.Nodes[id], ByWords);
            float least = scores.Nodes[best[^1]] - (OfSource * scores.Sources.Values.DefaultIfEmpty().Max());
            var near = new List<int>();
            foreach (int id in ids)
            {
                if (scores.Nodes[id] >= least)
                    near.Add(id);
            }

            ids = CollectionsMarshal.AsSpan(near);
        }

        return TopNodes.Of(ids, id => scores.Nodes[id] + (OfSource * scores.Sources.GetValueOrDefault(SourceOf(index, id))), ByWords);
    }

    private static int SourceOf(MemoryIndex index, int id)
    {
        IndexSegment segment = index.SegmentOf(id);
        return segment.Nodes.Sources[id - segment.FirstId];
    }
}
