using AgentRouter.Memory.Graph;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>Which items of sources were forgotten one by one.</summary>
internal static class ForgottenTable
{
    /// <summary>Notes an episode that is erased while its source stays.</summary>
    public static void Add(SqliteStatements db, MemoryNode episode) =>
        db.Execute("INSERT INTO forgotten(source, item) VALUES(?1, ?2) ON CONFLICT DO NOTHING", episode.SourceId, ForgottenItems.Of(episode.Key));

    public static HashSet<string> Of(SqliteStatements db, long source) =>
        db.Query("SELECT item FROM forgotten WHERE source = ?1", static row => row.Text(0), source).ToHashSet(StringComparer.Ordinal);

    public static void DeleteOf(SqliteStatements db, long source) => db.Execute("DELETE FROM forgotten WHERE source = ?1", source);
}
