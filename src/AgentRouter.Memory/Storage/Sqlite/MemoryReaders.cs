using System.Collections.Concurrent;
using AgentRouter.Memory.Storage.Sqlite.Records;
using AgentRouter.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite;

#pragma warning disable CA1001 // a semaphore without a wait handle holds nothing, and late callers are told why the file is closed
/// <summary>The connections of a scope that read, a few at once, on the thread pool. They see what was committed and never wait for the writer.</summary>
internal sealed class MemoryReaders(MemoryFile file)
#pragma warning restore CA1001
{
    private const int MaxConnections = 4;

    private readonly SemaphoreSlim _places = new(MaxConnections, MaxConnections);
    private readonly ConcurrentBag<SqliteStatements> _idle = [];
    private volatile Exception? _end;

    /// <summary>Reads one state of the records.</summary>
    /// <exception cref="IOException">The file cannot be read, or was erased.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteStatements, MemoryVersion, T> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(work), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Closes the connections when the readings that are going on have ended.</summary>
    /// <param name="end">What later readers are told.</param>
    public async Task CloseAsync(Exception end)
    {
        _end ??= end;
        for (int i = 0; i < MaxConnections; i++)
            await _places.WaitAsync().ConfigureAwait(false);
        while (_idle.TryTake(out SqliteStatements? db))
            db.Dispose();
        _places.Release(MaxConnections);
    }

    private T Read<T>(Func<SqliteStatements, MemoryVersion, T> work)
    {
        if (_end is { } end)
            throw end;
        SqliteStatements? db = null;
        try
        {
            if (!_idle.TryTake(out db))
                db = file.OpenForReading();
            // one transaction, so that all of the work sees the same state
            db.Execute("BEGIN");
            T result = work(db, ScopeRow.Read(db, file.Scope));
            db.Execute("COMMIT");
            return result;
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, file.Path);
        }
        finally
        {
            Return(db);
        }
    }

    private void Return(SqliteStatements? db)
    {
        if (db is { IsInTransaction: true })
            db.Execute("ROLLBACK");
        if (db is not null)
            _idle.Add(db);
    }
}
