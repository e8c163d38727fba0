using AgentRouter.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>One connection of a store, opened when it is first needed and used by one thread at a time. Thread-safe.</summary>
/// <param name="file">The database.</param>
/// <param name="open">Opens the connection.</param>
internal sealed class SqliteSession(SqliteFile file, Func<SqliteStatements> open) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteStatements? _statements;
    private bool _isDisposed;

    /// <summary>Reads.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public T Read<T>(Func<SqliteStatements, T> work)
    {
        lock (_gate)
        {
            try
            {
                return work(Opened());
            }
            catch (SqliteException error)
            {
                throw SqliteErrors.Translate(error, file.Name);
            }
        }
    }

    /// <summary>Changes everything or nothing: what fails is taken back.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public T Write<T>(Func<SqliteStatements, T> work)
    {
        lock (_gate)
        {
            try
            {
                SqliteStatements statements = Opened();
                // takes the right to write at once, so that what is read stays true until the commit
                statements.Execute("BEGIN IMMEDIATE");
                try
                {
                    T result = work(statements);
                    statements.Execute("COMMIT");
                    return result;
                }
                catch
                {
                    // a full disk ends the transaction by itself
                    if (statements.IsInTransaction)
                        statements.Execute("ROLLBACK");
                    throw;
                }
            }
            catch (SqliteException error)
            {
                throw SqliteErrors.Translate(error, file.Name);
            }
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteStatements> work) => Write(statements =>
    {
        work(statements);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _statements?.Dispose();
            _statements = null;
        }
    }

    private SqliteStatements Opened()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteRunStore));
        return _statements ??= open();
    }
}
