using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;
using AgentRouter.Workflows.Runs.Sqlite.Records;

namespace AgentRouter.Workflows.Runs.Sqlite.Housekeeping;

/// <summary>Deletes the records of runs.</summary>
internal static class RunDeletion
{
    /// <summary>Deletes a run that nobody works on.</summary>
    public static void Delete(SqliteStatements db, long run, string runId)
    {
        long first = EventKey.First(run), last = EventKey.Last(run);
        db.Execute(
            """
            DELETE FROM content WHERE id IN (SELECT value FROM events WHERE id BETWEEN ?1 AND ?2)
                AND NOT EXISTS (SELECT 1 FROM events WHERE value = content.id AND id NOT BETWEEN ?1 AND ?2)
            """,
            first, last);
        db.Execute("DELETE FROM events WHERE id BETWEEN ?1 AND ?2", first, last);
        GrantTable.CloseOf(db, runId);
        db.Execute("DELETE FROM questions WHERE run = ?1", run);
        db.Execute("DELETE FROM leases WHERE run = ?1", run);
        db.Execute("DELETE FROM runs WHERE id = ?1", run);
    }

    /// <summary>Finds the runs in which nothing has happened since a time, the earliest first.</summary>
    public static List<(long Run, string RunId)> OlderThan(SqliteStatements db, long before, bool includeWaiting) => db.Query(
        "SELECT id, name FROM runs WHERE updated < ?1 AND (?2 OR outcome IS NOT 'waiting') ORDER BY id",
        static row => (row.Number(0), row.Text(1)),
        before, includeWaiting ? 1L : 0L);

    /// <summary>Deletes a run if it is still old and nobody works on it.</summary>
    public static bool TryDelete(SqliteStatements db, long run, string runId, long before, long now)
    {
        if (db.Number("SELECT 1 FROM runs WHERE id = ?1 AND updated < ?2", run, before) is null || RunLease.Living(db, run, runId, now) is not null)
            return false;
        Delete(db, run, runId);
        return true;
    }
}
