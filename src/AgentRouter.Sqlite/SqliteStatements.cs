using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AgentRouter.Sqlite;

/// <summary>An open connection that keeps its statements prepared. Used by one thread at a time.</summary>
/// <remarks>Values go into a statement as <c>?1</c>, <c>?2</c>, … in their order. The statements are SQLite's own: an append runs a dozen of
/// them, and a command with named parameters costs more than what it does.</remarks>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, sqlite3_stmt> _prepared = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<SqliteValue> values)
    {
        sqlite3_stmt statement = Bind(sql, values);
        try
        {
            while (Step(statement))
            {
            }

            return raw.sqlite3_changes(connection.Handle);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Gets the number in the first column of the first row, or <see langword="null"/> without one.</summary>
    public long? Number(string sql, params ReadOnlySpan<SqliteValue> values) => First(sql, static row => row.NumberOrNull(0), values);

    /// <summary>Gets the first row, or the default without one.</summary>
    public T? First<T>(string sql, Func<SqliteRow, T> map, params ReadOnlySpan<SqliteValue> values)
    {
        sqlite3_stmt statement = Bind(sql, values);
        try
        {
            return Step(statement) ? map(new SqliteRow(statement)) : default;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Gets all rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteRow, T> map, params ReadOnlySpan<SqliteValue> values)
    {
        var rows = new List<T>();
        sqlite3_stmt statement = Bind(sql, values);
        try
        {
            while (Step(statement))
                rows.Add(map(new SqliteRow(statement)));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs statements that are not worth keeping.</summary>
    public void Script(string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (sqlite3_stmt statement in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
        connection.Dispose();
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<SqliteValue> values)
    {
        if (!_prepared.TryGetValue(sql, out sqlite3_stmt? statement))
        {
            Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _prepared.Add(sql, statement);
        }

        for (int i = 0; i < values.Length; i++)
            Check(values[i].Bind(statement, i + 1));
        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        int result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection.Handle);
}
