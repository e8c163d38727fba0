using AgentRouter.Configuration;

namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>Keeps what scopes remember in one SQLite file a scope, <c>&lt;folder&gt;/&lt;kind&gt;/&lt;name&gt;.db</c>, that several processes may use at once.
/// Thread-safe.</summary>
/// <remarks>
/// No statement sees two scopes: each has a file of its own, in which its name is written, and a file that was moved to another scope's place is refused.
/// A change is one transaction: all of it is there, or nothing, after whatever happens; after a power cut the last changes may be missing.
/// Erasing nodes writes the file anew, which takes seconds where it holds a million nodes.
/// <para>Every member throws <see cref="IOException"/> when a file cannot be used, <see cref="InvalidDataException"/> when it is damaged or not a memory of the
/// scope, and <see cref="ConfigurationException"/> when a newer version has written it; the message says what to do.</para>
/// </remarks>
public sealed class SqliteMemoryStore : IMemoryStore
{
    private readonly SqliteMemoryStoreOptions _options;
    private readonly ScopeFiles _files;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<MemoryScope, SqliteMemoryRecords> _open = [];
    private bool _isDisposed;

    /// <summary>Makes a store in a folder. Nothing is opened or made yet.</summary>
    /// <param name="folder">The folder.</param>
    public SqliteMemoryStore(string folder)
        : this(new SqliteMemoryStoreOptions { Folder = folder })
    {
    }

    /// <summary>Makes a store. Nothing is opened or made yet.</summary>
    /// <param name="options">How it keeps memories.</param>
    /// <exception cref="ArgumentException">An option is missing.</exception>
    public SqliteMemoryStore(SqliteMemoryStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validate();
        _files = new ScopeFiles(_options.Folder!);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MemoryScope>> ListAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        List<MemoryScope> scopes = await Task.Run(() => List(cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. scopes.OrderBy(scope => scope.ToString(), StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<IMemoryRecords?> OpenAsync(MemoryScope scope, bool create, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return AloneAsync<IMemoryRecords?>(
            async () =>
            {
                if (_open.TryGetValue(scope, out SqliteMemoryRecords? there))
                    return there;
                SqliteMemoryRecords? opened = await OpenFileAsync(scope, create, cancellationToken).ConfigureAwait(false);
                if (opened is not null)
                    _open.Add(scope, opened);
                return opened;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> EraseAsync(MemoryScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return AloneAsync(
            async () =>
            {
                if (!_open.Remove(scope, out SqliteMemoryRecords? records))
                    records = await OpenFileAsync(scope, create: false, cancellationToken).ConfigureAwait(false);
                if (records is null)
                    return false;
                try
                {
                    // others who have the file open are told by it, also when it has no name any more
                    await records.MarkErasedAsync(cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    await records.CloseAsync(new ScopeErasedException(scope)).ConfigureAwait(false);
                }

                ScopeFiles.Delete(_files.PathOf(scope));
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        await AloneAsync(
            async () =>
            {
                _isDisposed = true;
                foreach (SqliteMemoryRecords records in _open.Values)
                    await records.CloseAsync(new ObjectDisposedException(nameof(SqliteMemoryStore))).ConfigureAwait(false);
                _open.Clear();
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<SqliteMemoryRecords?> OpenFileAsync(MemoryScope scope, bool create, CancellationToken cancellationToken)
    {
        string file = _files.PathOf(scope);
        try
        {
            return await TryOpenAsync(scope, file, create, cancellationToken).ConfigureAwait(false);
        }
        catch (ScopeErasedException)
        {
            // the program that erased it ended before it deleted the file
            ScopeFiles.Delete(file);
            return await TryOpenAsync(scope, file, create, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SqliteMemoryRecords?> TryOpenAsync(MemoryScope scope, string file, bool create, CancellationToken cancellationToken)
    {
        bool isNew = !File.Exists(file);
        if (isNew && !create)
            return null;
        var records = new SqliteMemoryRecords(new MemoryFile(file, scope, _options.BusyTime));
        try
        {
            await records.OpenAsync(isNew, cancellationToken).ConfigureAwait(false);
            return records;
        }
        catch (Exception error)
        {
            await records.CloseAsync(error).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private List<MemoryScope> List(CancellationToken cancellationToken)
    {
        var scopes = new List<MemoryScope>();
        foreach (string file in _files.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MemoryFile.Peek(file, _options.BusyTime) is { } scope)
                scopes.Add(scope);
        }

        return scopes;
    }
}
