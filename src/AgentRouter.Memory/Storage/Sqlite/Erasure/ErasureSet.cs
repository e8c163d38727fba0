using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage.Sqlite.Records;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Erasure;

/// <summary>Finds what goes with nodes that are erased, because it was part of them or stood on them alone.</summary>
/// <remarks>In rounds: what may go because of the nodes of a round is looked at once when all of them are known.</remarks>
internal sealed class ErasureSet(SqliteStatements db)
{
    private readonly Dictionary<long, MemoryNode> _gone = [];

    /// <summary>Gets the nodes that go, the lowest number first: those of the numbers, and all that goes with them.</summary>
    public List<MemoryNode> Of(IEnumerable<long> ids)
    {
        List<MemoryNode> round = Add(ids);
        while (round.Count > 0)
        {
            var candidates = new HashSet<long>();
            foreach (MemoryNode node in round)
                AddCandidates(node, candidates);
            round = Add(candidates.Where(MustGo).ToList());
        }

        return [.. _gone.Values.OrderBy(node => node.Id)];
    }

    private List<MemoryNode> Add(IEnumerable<long> ids)
    {
        var added = new List<MemoryNode>();
        foreach (long id in ids)
        {
            if (!_gone.ContainsKey(id) && NodeTable.Read(db, id) is { } node)
            {
                _gone.Add(id, node);
                added.Add(node);
            }
        }

        return added;
    }

    private void AddCandidates(MemoryNode node, HashSet<long> candidates)
    {
        if (node.Kind == MemoryNodeKind.Source)
            candidates.UnionWith(NodeTable.PartsOf(db, node.Id));
        else if (node.SourceId > 0)
            candidates.Add(node.SourceId);
        foreach ((long other, MemoryEdgeKind _, bool _) in EdgeTable.Neighbours(db, node.Id))
            candidates.Add(other);
    }

    private bool MustGo(long id) => !_gone.ContainsKey(id) && NodeTable.KindOf(db, id) switch
    {
        (MemoryNodeKind.Source, _) => NodeTable.PartsOf(db, id).TrueForAll(_gone.ContainsKey),
        (MemoryNodeKind.Episode, var source) => _gone.ContainsKey(source),
        (MemoryNodeKind.Concept, _) => EdgeTable.Neighbours(db, id).TrueForAll(edge => _gone.ContainsKey(edge.Other)),
        // each of its origins says a fact by itself; a reflection tells what all of its facts say together
        (MemoryNodeKind.Fact, _) => OriginsOf(id) is { Count: > 0 } origins && origins.TrueForAll(_gone.ContainsKey),
        (MemoryNodeKind.Reflection, _) => OriginsOf(id).Exists(_gone.ContainsKey),
        _ => false,
    };

    private List<long> OriginsOf(long id) =>
        EdgeTable.Neighbours(db, id).FindAll(edge => edge.Leaves && edge.Kind == MemoryEdgeKind.DerivedFrom).ConvertAll(edge => edge.Other);
}
