using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Walk;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Tells how a node was reached: from what the question matched by its words, over the edges that the ranking followed.</summary>
internal static class RecallPaths
{
    private const int MostSteps = 4;

    /// <summary>A step: the node that it comes to, and the edge that it took.</summary>
    public readonly record struct Step(int Id, MemoryEdgeKind? Edge);

    /// <summary>Finds the path to a node.</summary>
    /// <param name="ranked">The ranking that it is in.</param>
    /// <param name="id">The node.</param>
    /// <returns>The steps, the first of them without an edge, the last one at the node.</returns>
    public static IReadOnlyList<Step> To(RankedNodes ranked, int id)
    {
        return ranked.Index.IsSpoken(id) ? AroundTurn(ranked, id) : AlongWalk(ranked, id);
    }

    // a turn is found by its own words, or by those of what was said just before or after
    private static IReadOnlyList<Step> AroundTurn(RankedNodes ranked, int id)
    {
        float best = ranked.Words[id];
        IReadOnlyList<Step> path = [new Step(id, null)];
        foreach (int direction in (int[])[-1, 1])
        {
            var way = new List<Step>();
            int other = id;
            for (int distance = 1; distance <= 2 && (other = Sequence.Neighbour(ranked.Index, other, direction)) != 0; distance++)
            {
                way.Add(new Step(other, null));
                // what is farther away must match better
                if (ranked.Words[other] * (distance == 1 ? 0.9f : 0.5f) is var score && score > best)
                    (best, path) = (score, [.. way.AsEnumerable().Reverse().Append(new Step(id, null)).Select((step, at) => step with { Edge = at == 0 ? null : MemoryEdgeKind.Next })]);
            }
        }

        return path;
    }

    // backwards, each time to the place that most of the walk came from
    private static List<Step> AlongWalk(RankedNodes ranked, int id)
    {
        if (ranked.Walk is not { } walk)
            return [new Step(id, null)];
        var texts = new List<int> { walk.Graph.Place(id) };
        while (texts.Count <= MostSteps && CameFrom(walk, texts[^1], texts) is { } before)
            texts.Add(before);
        texts.Reverse();
        var path = new List<Step> { new(walk.Graph.Nodes[texts[0]], null) };
        for (int i = 1; i < texts.Count; i++)
            path.AddRange(Between(ranked.Index, walk.Graph.Nodes[texts[i - 1]], walk.Graph.Nodes[texts[i]]));
        return path;
    }

    private static int? CameFrom(NameWalk walk, int place, List<int> seen)
    {
        (int? from, double most) = (null, walk.Begins[place]);
        ReadOnlySpan<(int From, float Share)> ways = walk.Graph.SourcesOf(place);
        for (int way = 0; way < ways.Length;)
        {
            // several ways may come from one place
            int other = ways[way].From;
            float share = 0;
            for (; way < ways.Length && ways[way].From == other; way++)
                share += ways[way].Share;
            if (walk.Reached[other] * share is var brought && brought > most && !seen.Contains(other))
                (from, most) = (other, brought);
        }

        return from;
    }

    // over the name that carries most of a walk: one that either is about, and of those the one that the fewest others have
    private static IEnumerable<Step> Between(MemoryIndex index, int from, int to)
    {
        Dictionary<int, MemoryEdgeKind> names = NamesOf(index, from);
        (int name, MemoryEdgeKind arriving, (bool, int) least) = (0, default, (true, int.MaxValue));
        foreach ((int shared, MemoryEdgeKind kind) in NamesOf(index, to))
        {
            if (!names.TryGetValue(shared, out MemoryEdgeKind leaving))
                continue;
            EdgeCursor edges = index.EdgesOf(shared, incoming: true);
            (bool, int) rank = (kind != MemoryEdgeKind.About && leaving != MemoryEdgeKind.About, edges.Count(MemoryEdgeKind.About) + edges.Count(MemoryEdgeKind.Mentions));
            if (rank.CompareTo(least) < 0)
                (name, arriving, least) = (shared, kind, rank);
        }

        if (name != 0)
            yield return new Step(name, names[name]);
        yield return new Step(to, name == 0 ? MemoryEdgeKind.Mentions : arriving);
    }

    private static Dictionary<int, MemoryEdgeKind> NamesOf(MemoryIndex index, int id)
    {
        var names = new Dictionary<int, MemoryEdgeKind>();
        for (EdgeCursor edges = index.EdgesOf(id, incoming: false); edges.MoveNext();)
        {
            if (!IsEntity(index, edges.Other))
                continue;
            if (edges.Kind == MemoryEdgeKind.About)
                names[edges.Other] = edges.Kind;
            else if (edges.Kind == MemoryEdgeKind.Mentions)
                names.TryAdd(edges.Other, edges.Kind);
        }

        return names;
    }

    private static bool IsEntity(MemoryIndex index, int id)
    {
        IndexSegment segment = index.SegmentOf(id);
        int row = id - segment.FirstId;
        return segment.Nodes.KindOf(row) == MemoryNodeKind.Concept && ConceptTypes.IsEntity(segment.Nodes.Lengths[row]);
    }
}
