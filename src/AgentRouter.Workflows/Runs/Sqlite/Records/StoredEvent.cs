using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>An event as it lies in the table.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Text">Its JSON, where it is not packed.</param>
/// <param name="Packed">Its JSON packed.</param>
internal readonly record struct StoredEvent(long Sequence, string? Text, byte[]? Packed)
{
    /// <summary>Reads a row of key and data.</summary>
    public static StoredEvent Read(SqliteRow row) => row.IsText(1)
        ? new(EventKey.SequenceOf(row.Number(0)), row.Text(1), null)
        : new(EventKey.SequenceOf(row.Number(0)), null, row.Bytes(1));
}
