using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The row of the scope: how far its records have come, and whether it was erased.</summary>
internal static class ScopeRow
{
    /// <summary>Reads how far the records have come.</summary>
    /// <exception cref="ScopeErasedException">The scope was erased by somebody else.</exception>
    public static MemoryVersion Read(SqliteStatements db, MemoryScope scope)
    {
        (MemoryVersion version, bool isErased) = db.First(
            "SELECT nodes, edges, alterations, erased FROM scope",
            static row => (new MemoryVersion(row.Number(0), row.Number(1), row.Number(2)), row.Number(3) != 0));
        return isErased ? throw new ScopeErasedException(scope) : version;
    }

    /// <summary>Keeps how far the records have come.</summary>
    public static void Write(SqliteStatements db, MemoryVersion version) =>
        db.Execute("UPDATE scope SET nodes = ?1, edges = ?2, alterations = ?3", version.Node, version.Edge, version.Alteration);

    /// <summary>Marks the scope as erased, for those who have its file open still.</summary>
    public static void MarkErased(SqliteStatements db) => db.Execute("UPDATE scope SET erased = 1");
}
