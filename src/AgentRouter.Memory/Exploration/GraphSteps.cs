using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Exploration;

/// <summary>Walks over the edges of a node in both directions, and says what each costs.</summary>
/// <remarks>An edge costs 1, more where it is weak or says no more than that something stands in the same source, and more where it leads to a node with many edges: of a node with d edges it takes log2(d) bits to say which of them
/// is meant, so that two nodes that share a hub have little to do with each other.</remarks>
internal sealed class GraphSteps(MemoryIndex index)
{
    // bits that weigh as much as an edge
    private const double BitsOfAnEdge = 2;

    private const double OfPlace = 1;

    // what a hub is linked to beyond is told by its count
    private const int EdgesOfANode = 20_000;

    /// <summary>An edge from a node, whichever its direction.</summary>
    public readonly record struct Step(int Other, MemoryEdgeKind Kind, float Weight, MemoryRelation Relation, bool IsForward);

    /// <summary>Lists the edges of a node: those that leave it, then those that reach it.</summary>
    public IEnumerable<Step> From(int id)
    {
        foreach (bool incoming in (bool[])[false, true])
        {
            int seen = 0;
            for (EdgeCursor edges = index.EdgesOf(id, incoming); seen < EdgesOfANode && edges.MoveNext(); seen++)
                yield return new Step(edges.Other, edges.Kind, edges.Weight, edges.Relation, !incoming);
        }
    }

    /// <summary>Counts the edges of a node.</summary>
    public int DegreeOf(int id)
    {
        int degree = 0;
        foreach (IndexSegment segment in index.Segments)
        {
            (int start, int end) = segment.Outgoing.Find(id);
            degree += end - start;
            (start, end) = segment.Incoming.Find(id);
            degree += end - start;
        }

        return degree;
    }

    /// <summary>Computes what a step costs, from 1.</summary>
    public double CostOf(Step step) => 2 - step.Weight + (step.Kind == MemoryEdgeKind.PartOf ? OfPlace : 0) + (Math.Log2(Math.Max(1, DegreeOf(step.Other))) / BitsOfAnEdge);
}
