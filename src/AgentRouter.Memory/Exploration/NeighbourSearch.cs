using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Exploration;

/// <summary>Finds what is around a node: the cheapest to reach first.</summary>
internal sealed class NeighbourSearch(MemoryIndex index)
{
    // what is looked at of a neighbourhood that has hubs in it
    private const int MostSeen = 100_000;

    private readonly GraphSteps _graph = new(index);
    private readonly PriorityQueue<int, (double Cost, int Id)> _next = new();
    private readonly Dictionary<int, (double Cost, int Steps)> _seen = [];
    private readonly Dictionary<int, int> _taken = [];

    /// <summary>Finds the nodes around another.</summary>
    /// <param name="middle">The node.</param>
    /// <param name="options">How many, and how far.</param>
    /// <returns>The nodes with their distance in edges, and how many were seen and left out.</returns>
    public (IReadOnlyList<(int Id, int Steps, int Degree)> Nodes, int LeftOut) Around(int middle, NeighbourhoodOptions options)
    {
        See(middle, 0, 0);
        while (_taken.Count < options.MaxNodes && _next.TryDequeue(out int id, out (double Cost, int Id) at))
        {
            (double cost, int steps) = _seen[id];
            // another way to it was cheaper
            if (at.Cost > cost || !_taken.TryAdd(id, steps) || steps == options.Depth)
                continue;
            foreach (GraphSteps.Step step in _graph.From(id))
                See(step.Other, cost + _graph.CostOf(step), steps + 1);
        }

        return ([.. _taken.Select(each => (each.Key, each.Value, _graph.DegreeOf(each.Key)))], _seen.Count - _taken.Count);
    }

    /// <summary>Lists the edges between nodes.</summary>
    public IEnumerable<MemoryEdge> Between(IReadOnlyCollection<int> ids)
    {
        HashSet<int> wanted = [.. ids];
        foreach (int id in ids)
        {
            foreach (GraphSteps.Step step in _graph.From(id))
            {
                if (step.IsForward && wanted.Contains(step.Other))
                    yield return new MemoryEdge(id, step.Other, step.Kind, step.Weight, step.Relation);
            }
        }
    }

    private void See(int id, double cost, int steps)
    {
        bool isKnown = _seen.TryGetValue(id, out (double Cost, int Steps) known);
        if (isKnown ? cost >= known.Cost : _seen.Count == MostSeen)
            return;
        _seen[id] = (cost, steps);
        _next.Enqueue(id, (cost, id));
    }
}
