using AgentRouter.Memory.Graph;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>Counts what a scope holds.</summary>
internal static class MemoryCounts
{
    public static MemoryStatistics Read(SqliteStatements db, long bytes) => new(
        db.Query("SELECT kind, count(*) FROM nodes GROUP BY kind", static row => ((MemoryNodeKind)row.Number(0), row.Number(1))).ToDictionary(),
        db.Number("SELECT count(*) FROM nodes WHERE held_until IS NOT NULL")!.Value,
        db.Query("SELECT kind, count(*) FROM edges GROUP BY kind", static row => ((MemoryEdgeKind)row.Number(0), row.Number(1))).ToDictionary(),
        bytes);
}
