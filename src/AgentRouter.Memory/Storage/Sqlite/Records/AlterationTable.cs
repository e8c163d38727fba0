using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>Which nodes were superseded or erased, by their numbers.</summary>
internal static class AlterationTable
{
    public static void Add(SqliteStatements db, long id, MemoryAlteration alteration) =>
        db.Execute("INSERT INTO alterations(id, node, held_until) VALUES(?1, ?2, ?3)", id, alteration.Node, alteration.HeldUntil?.UtcTicks);

    public static List<MemoryAlteration> Read(SqliteStatements db, long after, long upTo) => db.Query(
        "SELECT node, held_until FROM alterations WHERE id > ?1 AND id <= ?2 ORDER BY id",
        static row => new MemoryAlteration(row.Number(0), row.NumberOrNull(1) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null), after, upTo);

    /// <summary>Tells whether a node was erased after an alteration.</summary>
    public static bool HasErasureAfter(SqliteStatements db, long after) =>
        db.Number("SELECT 1 FROM alterations WHERE id > ?1 AND held_until IS NULL LIMIT 1", after) is not null;
}
