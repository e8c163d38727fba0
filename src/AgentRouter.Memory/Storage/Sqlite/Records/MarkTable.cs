using AgentRouter.Memory.Graph;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>Which nodes something was learned from.</summary>
internal static class MarkTable
{
    /// <summary>Marks a node.</summary>
    /// <returns>Whether that is new: it was not marked so before, or with an older recipe, or less far.</returns>
    public static bool TryPut(SqliteStatements db, long node, MemoryMark mark) => db.Execute(
        """
        INSERT INTO marks(node, recipe, up_to) VALUES(?1, ?2, ?3)
        ON CONFLICT(node) DO UPDATE SET recipe = excluded.recipe, up_to = excluded.up_to
        WHERE recipe < excluded.recipe OR (recipe = excluded.recipe AND up_to < excluded.up_to)
        """,
        node, (long)mark.Recipe, mark.UpTo) > 0;

    public static StoredMark? Find(SqliteStatements db, long node) => db.First(
        "SELECT node, recipe, up_to FROM marks WHERE node = ?1", static row => (StoredMark?)new StoredMark(row.Number(0), (int)row.Number(1), row.Number(2)), node);

    /// <summary>Gets the nodes of a kind that hold and were not marked by a recipe or a newer one, by source and place.</summary>
    public static List<UnmarkedNode> Unmarked(SqliteStatements db, MemoryNodeKind kind, int recipe, long source) => db.Query(
        $"""
        SELECT id, source, length(text) + ifnull(length(attachment), 0) FROM nodes
        WHERE kind = ?1 AND held_until IS NULL {(source > 0 ? "AND source = ?3 AND source > 0" : "AND ?3 = 0")}
            AND NOT EXISTS (SELECT 1 FROM marks WHERE marks.node = nodes.id AND marks.recipe >= ?2)
        ORDER BY source, position, id
        """,
        static row => new UnmarkedNode(row.Number(0), row.Number(1), (int)row.Number(2)), (long)kind, (long)recipe, source);

    public static void DeleteOf(SqliteStatements db, long node) => db.Execute("DELETE FROM marks WHERE node = ?1", node);
}
