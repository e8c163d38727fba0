using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>Nodes that speak of concepts which a question means without naming them.</summary>
internal sealed class AnchoredNodes
{
    // as much as the right speaker: more than chance, less than a word of a short question
    private const float Weight = 0.25f;

    // what everybody mentions leads nowhere
    private const int MostMentions = 300;

    private readonly Dictionary<int, float> _missed;

    private AnchoredNodes(Dictionary<int, float> missed) => _missed = missed;

    /// <summary>Gets the nodes.</summary>
    public IReadOnlyCollection<int> Ids => _missed.Keys;

    /// <summary>Finds the nodes.</summary>
    /// <param name="index">The index.</param>
    /// <param name="concepts">The concepts, and how surely each is meant, above 0 and at most 1.</param>
    public static AnchoredNodes Of(MemoryIndex index, IReadOnlyDictionary<int, float> concepts)
    {
        // the chance that none of the concepts is what makes a node an answer: noisy or
        var missed = new Dictionary<int, float>();
        foreach ((int concept, float sureness) in concepts)
        {
            var nodes = new HashSet<int>();
            for (EdgeCursor edges = index.EdgesOf(concept, incoming: true); nodes.Count <= MostMentions && edges.MoveNext();)
            {
                if (edges.Kind is MemoryEdgeKind.Mentions or MemoryEdgeKind.About && (index.FlagsOf(edges.Other) & NodeFlags.Missing) == 0)
                    nodes.Add(edges.Other);
            }

            if (nodes.Count > MostMentions)
                continue;
            foreach (int node in nodes)
                missed[node] = missed.GetValueOrDefault(node, 1) * (1 - (sureness / 2));
        }

        return new AnchoredNodes(missed);
    }

    /// <summary>Gets what speaks for a node, 0 for others.</summary>
    public float Of(int id) => _missed.TryGetValue(id, out float missed) ? Weight * (1 - missed) * 2 : 0;
}
