using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Finds what was said before and after.</summary>
internal static class Sequence
{
    /// <summary>Finds the episode before or after another in its source.</summary>
    /// <param name="index">The index.</param>
    /// <param name="id">The episode.</param>
    /// <param name="step">1 for the next one, −1 for the one before.</param>
    /// <returns>Its number, 0 where there is none.</returns>
    public static int Neighbour(MemoryIndex index, int id, int step)
    {
        // nearly always the number beside it: only where a source grew later the edge must be looked for
        int beside = id + step;
        if (beside >= 1 && beside < index.EndId)
        {
            IndexSegment here = index.SegmentOf(id), there = index.SegmentOf(beside);
            int source = here.Nodes.Sources[id - here.FirstId], row = beside - there.FirstId;
            if (source != 0 && there.Nodes.Sources[row] == source && there.Nodes.KindOf(row) == MemoryNodeKind.Episode && (there.Nodes.Flags[row] & (NodeFlags.Missing | NodeFlags.Superseded)) == 0)
                return beside;
        }

        for (EdgeCursor edges = index.EdgesOf(id, incoming: step < 0); edges.MoveNext();)
        {
            if (edges.Kind == MemoryEdgeKind.Next)
                return edges.Other;
        }

        return 0;
    }
}
