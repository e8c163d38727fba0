namespace AgentRouter.Memory.Storage.Sqlite.Writing;

/// <summary>The numbers of nodes that were asked for lately: most concepts of a change were in one before.</summary>
/// <remarks>Two generations: when the young one is full, the old one goes, so that what is asked for stays. Used by one thread at a time.</remarks>
internal sealed class KnownNodes
{
    private const int GenerationSize = 50_000;

    private Dictionary<NodeKey, long> _young = [];
    private Dictionary<NodeKey, long> _old = [];
    private long _version = -1;

    /// <summary>Forgets everything where another connection has changed the file since.</summary>
    /// <param name="version">SQLite's <c>data_version</c>.</param>
    public void ComeTo(long version)
    {
        if (version != _version)
            Clear();
        _version = version;
    }

    public long? Find(NodeKey node)
    {
        if (_young.TryGetValue(node, out long id))
            return id;
        if (!_old.TryGetValue(node, out id))
            return null;
        Add(node, id);
        return id;
    }

    public void Add(NodeKey node, long id)
    {
        if (_young.Count >= GenerationSize)
            (_old, _young) = (_young, []);
        _young[node] = id;
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
