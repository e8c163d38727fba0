using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Walk;

/// <summary>Walks from the best matches over names to what they lead to.</summary>
internal static class PassageWalk
{
    /// <summary>How sharply the best match stands out among the places where walks begin.</summary>
    public const float Sharpness = 0.25f;

    /// <summary>At how many places walks begin at most.</summary>
    public const int MostSeeds = 200;

    private const double GoOn = 0.4;
    private const int Rounds = 6;

    // a place with less than that passes on nothing that would be seen
    private const double Least = 2e-4;
    private const int Depth = 4;

    // a way on which less comes at once is left out: names that everybody mentions have thousands
    private const double Thinnest = 1e-7;

    /// <summary>Walks.</summary>
    /// <param name="index">The index.</param>
    /// <param name="seeds">Where walks begin: the nodes that match best, with their scores, the best first.</param>
    /// <returns>The walk; <see langword="null"/> where nothing matches.</returns>
    public static NameWalk? From(MemoryIndex index, IReadOnlyList<(int Id, float Score)> seeds)
    {
        if (seeds.Count == 0)
            return null;
        var graph = new WalkGraph();
        var begins = new double[seeds.Count];
        for (int place = 0; place < begins.Length; place++)
        {
            graph.Place(seeds[place].Id);
            begins[place] = Math.Exp((seeds[place].Score - seeds[0].Score) / Sharpness);
        }

        double sum = begins.Sum();
        double[] seeded = [.. begins.Select(each => each / sum)];
        Expand(index, graph, seeded);
        Array.Resize(ref seeded, graph.Nodes.Count);
        return new NameWalk(graph, seeded, PersonalizedPageRank.Of(graph, seeded, GoOn, Rounds), seeds[0].Score);
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
                (IReadOnlyList<(int Node, float Weight)> onward, float strength) = ways.From(graph.Nodes[place], Thinnest / (GoOn * mass[place]));
                graph.AddWays(place, onward, strength);
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
