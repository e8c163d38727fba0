using AgentRouter.Memory.Storage.Sqlite.Records;
using AgentRouter.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite;

#pragma warning disable CA1001 // a semaphore without a wait handle holds nothing, and late callers are told why the file is closed
/// <summary>The connection of a scope that writes, opened when it is first needed: one piece of work after the other, on the thread pool.</summary>
internal sealed class MemoryWriter(MemoryFile file)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SqliteStatements? _db;
    private Exception? _end;

    /// <summary>Changes everything or nothing: what fails is taken back.</summary>
    /// <param name="work">The work; it is told how far the records have come.</param>
    /// <param name="after">What is done after the commit, outside of the transaction.</param>
    /// <param name="cancellationToken">Cancels the work before it begins.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteStatements, MemoryVersion, T> work, Action<SqliteStatements, T>? after, CancellationToken cancellationToken) => RunAsync(
        db =>
        {
            T result = InTransaction(db, version => work(db, version));
            after?.Invoke(db, result);
            return result;
        },
        cancellationToken);

    /// <summary>Closes the connection when the work that is going on has ended.</summary>
    /// <param name="end">What later work is told.</param>
    public async Task CloseAsync(Exception end)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _end ??= end;
            _db?.Dispose();
            _db = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Does work, alone.</summary>
    /// <param name="work">The work, outside of a transaction.</param>
    /// <param name="cancellationToken">Cancels the work before it begins.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task<T> RunAsync<T>(Func<SqliteStatements, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _end is null ? await Task.Run(() => Run(work), CancellationToken.None).ConfigureAwait(false) : throw _end;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Does part of the work in a transaction: changes everything or nothing.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="work">The part; it is told how far the records have come.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public T InTransaction<T>(SqliteStatements db, Func<MemoryVersion, T> work)
    {
        try
        {
            // takes the right to write at once, so that what is read stays true until the commit
            db.Execute("BEGIN IMMEDIATE");
            T result = work(ScopeRow.Read(db, file.Scope));
            db.Execute("COMMIT");
            return result;
        }
        catch (Exception error)
        {
            // a full disk ends the transaction by itself
            if (db.IsInTransaction)
                db.Execute("ROLLBACK");
            if (error is SqliteException sqlite)
                throw SqliteErrors.Translate(sqlite, file.Path);
            throw;
        }
    }

    private T Run<T>(Func<SqliteStatements, T> work)
    {
        try
        {
            return work(_db ??= file.OpenForWriting());
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, file.Path);
        }
    }
}
