using System.Runtime.InteropServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage.Sqlite.Records;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Writing;

/// <summary>Writes one change inside a transaction.</summary>
/// <param name="db">The connection.</param>
/// <param name="known">The nodes of which the number is known; those of this change are added when it is written as a whole.</param>
/// <param name="version">How far the records have come.</param>
/// <param name="cancellationToken">Cancels the writing.</param>
internal sealed class ChangeWriter(SqliteStatements db, KnownNodes known, MemoryVersion version, CancellationToken cancellationToken)
{
    private readonly Dictionary<NodeKey, long> _added = [];
    private readonly Dictionary<string, long> _speakers = new(StringComparer.Ordinal);
    private long _node = version.Node;
    private long _edge = version.Edge;
    private long _alteration = version.Alteration;

    /// <summary>Writes a change.</summary>
    /// <exception cref="MemoryConflictException">Its source is not as the change was made for, or it names a node that is not there.</exception>
    public MemoryWritten Write(MemoryChange change)
    {
        long source = change.Source is { } comes ? WriteSource(comes) : 0;
        var ids = new long[change.Nodes.Count];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = WriteNode(change.Nodes[i], source);
        foreach (NewEdge edge in change.Edges)
            WriteEdge(edge);
        foreach (Supersession superseded in change.Superseded)
            Supersede(superseded);
        foreach (MemoryMark mark in change.Marks)
            Mark(mark);
        var now = new MemoryVersion(_node, _edge, _alteration);
        if (now != version)
            ScopeRow.Write(db, now);
        foreach ((NodeKey node, long id) in _added)
            known.Add(node, id);
        return new MemoryWritten(ids, source, (int)(_node - version.Node), (int)(_edge - version.Edge), now);
    }

    private long WriteSource(SourceChange change)
    {
        var key = new NodeKey(MemoryNodeKind.Source, change.Node.Key);
        long keyHash = KeyHash.Of(key);
        long? id = NodeTable.Find(db, key, keyHash);
        string? hash = id is { } there ? NodeTable.HashOf(db, there) : null;
        if (hash != change.ExpectedHash || (id is not null && change.ExpectedHash is null))
        {
            throw new MemoryConflictException(
                $"The source '{change.Node.Key}' was changed by somebody else while this change was made. Read it again and repeat the change.");
        }

        if (id is not { } found)
            return Add(new NewNode(change.Node, change.ContentHash), 0, key, keyHash);
        NodeTable.ReplaceSource(db, found, change.Node, SpeakerOf(change.Node), change.ContentHash);
        _added[key] = found;
        return found;
    }

    private long WriteNode(NewNode node, long source)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = new NodeKey(node.Node.Kind, node.Node.Key);
        if (Known(key) is { } there)
            return Kept(node, there);
        long hash = KeyHash.Of(key);
        return Stored(key, hash) is { } stored ? Kept(node, stored) : Add(node, source > 0 && node.Node.Kind == MemoryNodeKind.Episode ? source : node.Node.SourceId, key, hash);
    }

    private static long Kept(NewNode node, long there) => node.MustBeNew
        ? throw new MemoryConflictException($"Somebody else wrote the {node.Node.Kind} '{node.Node.Key}' while this change was made. Read it again and repeat the change.")
        : there;

    private long Add(NewNode node, long source, NodeKey key, long keyHash)
    {
        long id = ++_node;
        NodeTable.Add(db, id, node.Node, keyHash, SpeakerOf(node.Node), source, node.ContentHash);
        if (PhraseTable.Holds(node.Node.Kind))
            PhraseTable.Add(db, id, node.Node.Text);
        _added[key] = id;
        return id;
    }

    private void WriteEdge(NewEdge edge)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!EdgeTable.TryAdd(db, _edge + 1, Existing(edge.From), Existing(edge.To), edge))
            return;
        _edge++;
    }

    private void Supersede(Supersession superseded)
    {
        long id = Existing(superseded.Node);
        if (NodeTable.Supersede(db, id, superseded.At))
            AlterationTable.Add(db, ++_alteration, new MemoryAlteration(id, superseded.At));
    }

    private void Mark(MemoryMark mark)
    {
        if (!MarkTable.TryPut(db, Existing(mark.Node), mark))
            throw new MemoryConflictException($"Somebody else learned from the {mark.Node.Kind} '{mark.Node.Key}' while this change was made. Read it again.");
    }

    private long Existing(NodeKey node) => Known(node) ?? Stored(node, KeyHash.Of(node))
        ?? throw new MemoryConflictException($"The change names the {node.Kind} '{node.Key}', which is neither in the memory nor in the change: it was erased in between, or never was there.");

    private long? Known(NodeKey node) => _added.TryGetValue(node, out long id) ? id : known.Find(node);

    private long? Stored(NodeKey node, long hash)
    {
        long? id = NodeTable.Find(db, node, hash);
        if (id is { } found)
            _added.Add(node, found);
        return id;
    }

    private long? SpeakerOf(MemoryNode node)
    {
        if (node.Speaker is not { } name)
            return null;
        ref long id = ref CollectionsMarshal.GetValueRefOrAddDefault(_speakers, name, out bool isKnown);
        return isKnown ? id : id = SpeakerTable.NumberOf(db, name);
    }
}
