using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Index;

/// <summary>Walks over the edges on one side of a node, wherever they were written.</summary>
internal struct EdgeCursor(IndexSegment[] segments, int id, bool incoming)
{
    private IndexedEdges? _edges;
    private int _segment, _at, _end;

    /// <summary>Gets the node on the other side.</summary>
    public readonly int Other => _edges!.Others[_at];

    /// <summary>Gets the edge's kind.</summary>
    public readonly MemoryEdgeKind Kind => (MemoryEdgeKind)_edges!.Kinds[_at];

    /// <summary>Gets the edge's weight, from 0 to 1.</summary>
    public readonly float Weight => _edges!.Weights[_at] / (float)byte.MaxValue;

    /// <summary>Gets in which ways it relates the two.</summary>
    public readonly MemoryRelation Relation => _edges!.Relations[_at];

    /// <summary>Goes to the next edge.</summary>
    public bool MoveNext()
    {
        if (++_at < _end)
            return true;
        while (_segment < segments.Length)
        {
            _edges = incoming ? segments[_segment].Incoming : segments[_segment].Outgoing;
            _segment++;
            (_at, _end) = _edges.Find(id);
            if (_at < _end)
                return true;
        }

        return false;
    }

    /// <summary>Counts the edges.</summary>
    public readonly int Count(MemoryEdgeKind kind)
    {
        int count = 0;
        foreach (IndexSegment segment in segments)
        {
            IndexedEdges edges = incoming ? segment.Incoming : segment.Outgoing;
            (int start, int end) = edges.Find(id);
            count += edges.Kinds.AsSpan(start..end).Count((byte)kind);
        }

        return count;
    }
}
