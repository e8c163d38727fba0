using System.Text;
using SQLitePCL;

namespace AgentRouter.Sqlite;

/// <summary>The row that a statement stands on; gone when it moves on.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.Ticks;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public long? NumberOrNull(int column) => Is(column, raw.SQLITE_NULL) ? null : Number(column);

    /// <summary>Gets a text as it was written: a NUL in it does not end it.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public string? TextOrNull(int column) => Is(column, raw.SQLITE_NULL) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Gets bytes that are gone when the row is.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(statement, column);

    public bool IsText(int column) => Is(column, raw.SQLITE_TEXT);

    public DateTimeOffset Time(int column) => ToTime(Number(column));

    /// <summary>Gets the time of microseconds since 1970.</summary>
    public static DateTimeOffset ToTime(long microseconds) => new(Epoch + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Gets a time as microseconds since 1970, UTC.</summary>
    public static long FromTime(DateTimeOffset time) => (time.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond;

    private bool Is(int column, int type) => raw.sqlite3_column_type(statement, column) == type;
}
