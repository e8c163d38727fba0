using System.Globalization;
using AgentRouter.Memory.Storage.Sqlite.Schema;
using AgentRouter.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>The database of a scope: opens connections to it.</summary>
/// <param name="path">The file.</param>
/// <param name="scope">The scope.</param>
/// <param name="busyTime">How long to wait for another process that writes.</param>
internal sealed class MemoryFile(string path, MemoryScope scope, TimeSpan busyTime)
{
    // a checkpoint copies the log into the file and waits for the disk: every 64 MiB, in which many changes touch the same pages
    private const int CheckpointPages = 16_000;

    // after a burst the log shrinks to this again
    private const long LogBytes = 64L << 20;

    // the indexes of a million nodes are written all over; readers come back to few pages
    private const int WriterCacheKiB = 64 << 10;
    private const int ReaderCacheKiB = 8 << 10;

    public string Path => path;

    public MemoryScope Scope => scope;

    /// <summary>Opens a connection that writes; makes the file where there is none.</summary>
    public SqliteStatements OpenForWriting()
    {
        MakeFolder();
        return Open(new Place(path, SqliteOpenMode.ReadWriteCreate), WriterCacheKiB);
    }

    /// <summary>Opens a connection that reads a file that exists.</summary>
    public SqliteStatements OpenForReading() => OpenReader(path, place => Open(place, ReaderCacheKiB));

    /// <summary>Gets how large the file is with what SQLite keeps beside it.</summary>
    public long Bytes => new[] { path, path + "-wal", path + "-shm" }.Sum(part => new FileInfo(part) is { Exists: true } there ? there.Length : 0);

    /// <summary>Reads whose memory a file holds, without knowing it.</summary>
    /// <returns>The scope, or <see langword="null"/> where nothing is in the file or the file is gone.</returns>
    public static MemoryScope? Peek(string path, TimeSpan busyTime)
    {
        try
        {
            using SqliteStatements db = OpenReader(path, source => Connect(source, busyTime));
            if (MemorySchema.VersionOf(db, path) == 0 || db.Number("SELECT 1 FROM nodes WHERE NOT EXISTS (SELECT 1 FROM scope WHERE erased = 1) LIMIT 1") is null)
                return null;
            return MemoryScope.TryParse(MemorySchema.NameOf(db), out MemoryScope? scope) ? scope : throw new InvalidDataException($"'{path}' does not say whose memory it holds. Move it away.");
        }
        catch (SqliteException) when (!File.Exists(path))
        {
            return null;
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, path);
        }
    }

    private void MakeFolder()
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"The folder '{folder}' cannot be made: {exception.Message} Choose another folder for memories.", exception);
        }
    }

    private static SqliteStatements OpenReader(string path, Func<Place, SqliteStatements> open)
    {
        try
        {
            return open(new Place(path, SqliteOpenMode.ReadWrite));
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && !File.Exists(path + "-wal"))
        {
            // on a read-only disk: nobody writes, so the log that readers share is not needed
            return open(new Place(new Uri(path).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly));
        }
    }

    private SqliteStatements Open(Place place, int cacheKiB)
    {
        bool mayWrite = place.Mode != SqliteOpenMode.ReadOnly;
        SqliteStatements db = Connect(place, busyTime);
        try
        {
            if (mayWrite)
            {
                // a commit waits for the disk at checkpoints only: after a power cut the last changes may be missing, each as a whole
                db.Script(string.Create(CultureInfo.InvariantCulture, $"""
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = NORMAL;
                    PRAGMA wal_autocheckpoint = {CheckpointPages};
                    PRAGMA journal_size_limit = {LogBytes};
                    """));
            }

            db.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cacheKiB}"));
            MemorySchema.Check(db, path, scope, mayWrite);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private static SqliteStatements Connect(Place place, TimeSpan busyTime)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = place.Source,
            Mode = place.Mode,
            Pooling = false,
            ForeignKeys = false,
            // SQLite itself waits for other writers; this is for the moments in which it does not
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            var db = new SqliteStatements(connection);
            db.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)busyTime.TotalMilliseconds}"));
            return db;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private readonly record struct Place(string Source, SqliteOpenMode Mode);
}
