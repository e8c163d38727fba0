using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>Who speaks: each name once.</summary>
internal static class SpeakerTable
{
    /// <summary>Gets the number of a name, which is added where it is new.</summary>
    public static long NumberOf(SqliteStatements db, string name) =>
        db.Number("SELECT id FROM speakers WHERE name = ?1", name) ?? db.Number("INSERT INTO speakers(name) VALUES(?1) RETURNING id", name)!.Value;

    /// <summary>Deletes the names that nobody has any more.</summary>
    public static void DeleteUnused(SqliteStatements db) =>
        db.Execute("DELETE FROM speakers WHERE id NOT IN (SELECT speaker FROM nodes WHERE speaker IS NOT NULL)");
}
