using AgentRouter.Memory.Graph;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The edges.</summary>
internal static class EdgeTable
{
    private const string Columns = "source, target, kind, strength";

    /// <summary>Adds an edge, unless there is one of the same nodes and kind.</summary>
    /// <returns>Whether it was added.</returns>
    public static bool TryAdd(SqliteStatements db, long id, long from, long to, NewEdge edge) => db.Execute(
        "INSERT OR IGNORE INTO edges(id, source, target, kind, strength) VALUES(?1, ?2, ?3, ?4, ?5)",
        id, from, to, (long)edge.Kind, EdgeStrength.Pack(edge.Weight, edge.Relation)) > 0;

    /// <summary>Reads the edges of a node, those of the lowest numbers.</summary>
    public static List<MemoryEdge> Of(SqliteStatements db, long node, int limit) => db.Query(
        $"""
        SELECT {Columns}, id FROM edges WHERE source = ?1
        UNION ALL
        SELECT {Columns}, id FROM edges WHERE target = ?1 AND source <> ?1
        ORDER BY id LIMIT ?2
        """,
        Edge, node, limit);

    /// <summary>Reads the edges after a number and up to another, the lowest first.</summary>
    /// <returns>The edges, and the number of the last.</returns>
    public static (List<MemoryEdge> Edges, long Last) Read(SqliteStatements db, long after, long upTo, int limit)
    {
        long last = upTo;
        List<MemoryEdge> edges = db.Query(
            $"SELECT {Columns}, id FROM edges WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
            row =>
            {
                last = row.Number(4);
                return Edge(row);
            },
            after, upTo, limit);
        return (edges, edges.Count < limit ? upTo : last);
    }

    /// <summary>Gets the nodes at the other ends of the edges of a node, with the kind, and whether it leaves the node.</summary>
    public static List<(long Other, MemoryEdgeKind Kind, bool Leaves)> Neighbours(SqliteStatements db, long node) => db.Query(
        "SELECT target, kind, 1 FROM edges WHERE source = ?1 UNION ALL SELECT source, kind, 0 FROM edges WHERE target = ?1",
        static row => (row.Number(0), (MemoryEdgeKind)row.Number(1), row.Number(2) != 0), node);

    /// <summary>Deletes the edges of a node.</summary>
    public static void DeleteOf(SqliteStatements db, long node)
    {
        db.Execute("DELETE FROM edges WHERE source = ?1", node);
        db.Execute("DELETE FROM edges WHERE target = ?1", node);
    }

    private static MemoryEdge Edge(SqliteRow row)
    {
        long strength = row.Number(3);
        return new MemoryEdge(row.Number(0), row.Number(1), (MemoryEdgeKind)row.Number(2), EdgeStrength.Weight(strength), EdgeStrength.Relation(strength));
    }
}
