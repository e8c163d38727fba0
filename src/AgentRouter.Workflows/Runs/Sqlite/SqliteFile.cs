using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Schema;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>The database of a store: opens connections to it.</summary>
internal sealed class SqliteFile(SqliteRunStoreOptions options)
{
    public const string FileName = "runs.db";

    // a checkpoint copies the log into the file and waits for the disk: every 16 MiB, not every 4
    private const int CheckpointPages = 4_000;

    // after a burst the log shrinks to this again
    private const long LogBytes = 32L << 20;

    private readonly string? _folder = options.Durability == RunDurability.Memory ? null : options.Folder;

    /// <summary>Gets the file, or what to call the store where it has none.</summary>
    public string Name => _folder is null ? "the store in memory" : Path.Combine(_folder, FileName);

    public bool IsInMemory => _folder is null;

    public bool Exists => _folder is null || File.Exists(Name);

    /// <summary>Opens a connection that writes; makes the file where there is none.</summary>
    public SqliteStatements OpenForWriting()
    {
        MakeFolder();
        return Open(IsInMemory ? ":memory:" : Name, SqliteOpenMode.ReadWriteCreate, mayWrite: true);
    }

    /// <summary>Opens a connection that reads a file that exists.</summary>
    public SqliteStatements OpenForReading()
    {
        try
        {
            return Open(Name, SqliteOpenMode.ReadWrite, mayWrite: true);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && !File.Exists(Name + "-wal"))
        {
            // on a read-only disk: nobody writes, so the log that readers share is not needed
            return Open(new Uri(Name).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly, mayWrite: false);
        }
    }

    private void MakeFolder()
    {
        if (_folder is null)
            return;
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"The folder '{_folder}' cannot be made: {exception.Message} Choose another folder for the store.", exception);
        }
    }

    private SqliteStatements Open(string source, SqliteOpenMode mode, bool mayWrite)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            ForeignKeys = false,
            // SQLite itself waits for other writers; this is for the moments in which it does not
            DefaultTimeout = 1,
        }.ToString());
        SqliteStatements? statements = null;
        try
        {
            connection.Open();
            statements = new SqliteStatements(connection);
            statements.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)options.BusyTime.TotalMilliseconds}; PRAGMA temp_store = MEMORY;"));
            if (mayWrite)
                Prepare(statements);
            SqliteSchema.Check(statements, Name, mayWrite);
            return statements;
        }
        catch
        {
            statements?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    private void Prepare(SqliteStatements statements)
    {
        if (IsInMemory)
            return;
        // FULL waits for the disk at every commit, NORMAL only at checkpoints; fullfsync is for macOS, whose fsync does not wait for the disk
        bool isSync = options.Durability == RunDurability.Sync;
        statements.Script(string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {(isSync ? "FULL" : "NORMAL")};
            PRAGMA fullfsync = {(isSync ? 1 : 0)};
            PRAGMA wal_autocheckpoint = {CheckpointPages};
            PRAGMA journal_size_limit = {LogBytes};
            """));
    }
}
