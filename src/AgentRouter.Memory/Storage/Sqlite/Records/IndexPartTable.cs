using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The parts of search indexes.</summary>
internal static class IndexPartTable
{
    /// <summary>Reads the parts, one at a time.</summary>
    /// <returns>How many there are.</returns>
    public static int Read(SqliteStatements db, IndexPartReader read, CancellationToken cancellationToken) => db.Query(
        "SELECT name, content FROM index_parts ORDER BY name",
        row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            read(row.Text(0), row.Span(1));
            return true;
        }).Count;

    /// <summary>Puts parts in the place of others, unless a node was erased that they may hold.</summary>
    public static bool TryReplace(SqliteStatements db, IEnumerable<string> removed, IEnumerable<StoredIndexPart> added, MemoryVersion upTo)
    {
        if (AlterationTable.HasErasureAfter(db, upTo.Alteration))
            return false;
        foreach (string name in removed)
            db.Execute("DELETE FROM index_parts WHERE name = ?1", name);
        foreach (StoredIndexPart part in added)
        {
            db.Execute(
                "INSERT INTO index_parts(name, content) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET content = excluded.content",
                part.Name, SqliteValue.Bytes(part.Content));
        }

        return true;
    }

    /// <summary>Deletes all parts: they hold words of nodes that are erased, and nobody here knows which.</summary>
    public static void DeleteAll(SqliteStatements db) => db.Execute("DELETE FROM index_parts");
}
