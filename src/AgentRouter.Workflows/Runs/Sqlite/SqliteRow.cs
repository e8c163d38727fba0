using SQLitePCL;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>The row that a statement stands on; gone when it moves on.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.Ticks;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => Is(column, raw.SQLITE_NULL) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public string? TextOrNull(int column) => Is(column, raw.SQLITE_NULL) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public bool IsText(int column) => Is(column, raw.SQLITE_TEXT);

    public DateTimeOffset Time(int column) => ToTime(Number(column));

    /// <summary>Gets the time of microseconds since 1970.</summary>
    public static DateTimeOffset ToTime(long microseconds) => new(Epoch + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Gets a time as microseconds since 1970, UTC.</summary>
    public static long FromTime(DateTimeOffset time) => (time.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond;

    private bool Is(int column, int type) => raw.sqlite3_column_type(statement, column) == type;
}
