using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Exploration;

/// <summary>Finds the strongest path between two nodes: edges are taken in both directions, and hubs are dear (E. W. Dijkstra, "A note on two problems in
/// connexion with graphs", 1959).</summary>
internal static class StrongestPath
{
    private const int MostTaken = 50_000;

    /// <summary>Finds the path.</summary>
    /// <param name="index">The index.</param>
    /// <param name="from">The node where it begins.</param>
    /// <param name="to">The node where it ends.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The steps, the first without one; <see langword="null"/> where there is no path, or none was found among the nearest nodes.</returns>
    public static IReadOnlyList<(int Id, GraphSteps.Step? Step)>? Between(MemoryIndex index, int from, int to, CancellationToken cancellationToken)
    {
        var graph = new GraphSteps(index);
        var next = new PriorityQueue<int, (double Cost, int Id)>();
        var reached = new Dictionary<int, (double Cost, int From, GraphSteps.Step? Step)> { [from] = (0, 0, null) };
        var taken = new HashSet<int>();
        next.Enqueue(from, (0, from));
        while (taken.Count < MostTaken && next.TryDequeue(out int id, out _))
        {
            if (id == to)
                return Back(reached, to);
            if (!taken.Add(id))
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            foreach (GraphSteps.Step step in graph.From(id))
            {
                double cost = reached[id].Cost + graph.CostOf(step);
                if (reached.TryGetValue(step.Other, out var known) && known.Cost <= cost)
                    continue;
                reached[step.Other] = (cost, id, step);
                next.Enqueue(step.Other, (cost, step.Other));
            }
        }

        return null;
    }

    private static List<(int Id, GraphSteps.Step? Step)> Back(Dictionary<int, (double Cost, int From, GraphSteps.Step? Step)> reached, int to)
    {
        var path = new List<(int Id, GraphSteps.Step? Step)>();
        for (int id = to; id != 0; id = reached[id].From)
            path.Add((id, reached[id].Step));
        path.Reverse();
        return path;
    }
}
