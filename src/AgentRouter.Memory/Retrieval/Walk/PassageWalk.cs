using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Walk;

/// <summary>Walks from the best matches over names to what they lead to.</summary>
internal static class PassageWalk
{
    /// <summary>How sharply the best match stands out among the places where walks begin.</summary>
    public const float Sharpness = 0.25f;

    private const int MostSeeds = 200;
    private const double GoOn = 0.4;
    private const int Rounds = 6;

    // a place with less than that passes on nothing that would be seen
    private const double Least = 1e-4;
    private const int Depth = 4;

    /// <summary>Walks.</summary>
    /// <param name="index">The index.</param>
    /// <param name="seeds">How well texts match.</param>
    /// <returns>The walk; <see langword="null"/> where nothing matches.</returns>
    public static NameWalk? From(MemoryIndex index, IReadOnlyDictionary<int, float> seeds)
    {
        if (seeds.Count == 0)
            return null;
        IReadOnlyList<int> best = TopNodes.Of([.. seeds.Keys], id => seeds[id], MostSeeds);
        var graph = new WalkGraph();
        var begins = new List<double>();
        foreach (int id in best)
        {
            graph.Place(id);
            begins.Add(Math.Exp((seeds[id] - seeds[best[0]]) / Sharpness));
        }

        double sum = begins.Sum();
        double[] seeded = [.. begins.Select(each => each / sum)];
        Expand(index, graph, seeded);
        Array.Resize(ref seeded, graph.Nodes.Count);
        return new NameWalk(graph, seeded, PersonalizedPageRank.Of(graph, seeded, GoOn, Rounds), seeds[best[0]]);
    }

    // breadth first, from every place to which enough of the walk comes
    private static void Expand(MemoryIndex index, WalkGraph graph, double[] seeded)
    {
        var ways = new NameWays(index);
        var mass = new List<double>(seeded);
        var expanded = new HashSet<int>();
        int[] front = [.. Enumerable.Range(0, seeded.Length)];
        for (int depth = 0; depth < Depth; depth++)
        {
            foreach (int place in front.Where(place => mass[place] >= Least && expanded.Add(place)))
            {
                graph.AddWays(place, ways.From(graph.Nodes[place]));
                while (mass.Count < graph.Nodes.Count)
                    mass.Add(0);
                ReadOnlySpan<int> targets = graph.TargetsOf(place);
                ReadOnlySpan<float> shares = graph.SharesOf(place);
                for (int way = 0; way < targets.Length; way++)
                    mass[targets[way]] += GoOn * mass[place] * shares[way];
            }

            front = [.. Enumerable.Range(0, graph.Nodes.Count)];
        }
    }
}
