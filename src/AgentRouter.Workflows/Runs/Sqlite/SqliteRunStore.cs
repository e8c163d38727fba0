using System.Runtime.CompilerServices;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;
using AgentRouter.Workflows.Runs.Sqlite.Records;
using AgentRouter.Workflows.Runs.Sqlite.Values;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>Keeps runs in one SQLite file, <c>&lt;folder&gt;/runs.db</c>, that several processes may use at once. Thread-safe.</summary>
/// <remarks>
/// An append is one transaction: all of it is there, or nothing, after whatever happens. What it survives beyond the end of the process is
/// <see cref="SqliteRunStoreOptions.Durability"/>. Values that events refer to are kept once, packed. The file grows with what is appended and
/// with nothing else.
/// <para>Every member that reads or writes throws <see cref="IOException"/> when the file cannot be used, <see cref="InvalidDataException"/> when it is
/// damaged or not a store of runs, and <see cref="ConfigurationException"/> when a newer version has written it; the message says what to do.</para>
/// </remarks>
public sealed partial class SqliteRunStore : IRunStore, IDisposable
{
    /// <summary>The name of the file in the store's folder.</summary>
    public const string FileName = SqliteFile.FileName;

    private const int EventsARead = 256;
    private const int RunsARead = 500;

    private readonly SqliteRunStoreOptions _options;
    private readonly SqliteFile _file;
    private readonly SqliteSession _writer;
    private readonly SqliteSession _reader;

    /// <summary>Makes a store in a folder, with the defaults. Nothing is opened or made yet.</summary>
    /// <param name="folder">The folder.</param>
    public SqliteRunStore(string folder)
        : this(new SqliteRunStoreOptions { Folder = folder })
    {
    }

    /// <summary>Makes a store. Nothing is opened or made yet.</summary>
    /// <param name="options">How it keeps runs.</param>
    /// <exception cref="ArgumentException">An option is missing or out of its range.</exception>
    public SqliteRunStore(SqliteRunStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validate();
        _file = new SqliteFile(_options);
        _writer = new SqliteSession(_file, _file.OpenForWriting);
        // readers do not wait for writers; a database in memory has one connection only
        Accounts = new SpendingAccounts(_file, _writer, _options);
        _reader = _file.IsInMemory ? _writer : new SqliteSession(_file, _file.OpenForReading);
    }

    /// <summary>Gets the accounts that runs draw from.</summary>
    public SpendingAccounts Accounts { get; }

    /// <summary>Gets the path of the file; for a store in memory what it is called in messages.</summary>
    public string File => _file.Name;

    /// <summary>Gets the connection that writes.</summary>
    internal SqliteSession Writer => _writer;

    /// <inheritdoc/>
    public ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default)
    {
        RunIds.Check(runId);
        cancellationToken.ThrowIfCancellationRequested();
        OpenedRun opened = _writer.Write(db =>
        {
            if (RunTable.Find(db, runId) is not null)
                throw new IOException($"There is a run '{runId}' already in '{_file.Name}'. Choose another id, or delete that run.");
            if (GrantTable.IsLapsed(db, runId))
                throw new IOException($"The money that was granted to run '{runId}' was given back, because the run did not begin in time. Start it again under another id.");
            long run = RunTable.Add(db, runId, _options.TimeProvider.GetUtcNow());
            return new OpenedRun(run, Take(db, run, runId), new RunState(), 0);
        });
        return new(new SqliteRunRecord(_writer, runId, opened, _options));
    }

    /// <inheritdoc/>
    public ValueTask<IRunRecord> OpenAsync(string runId, CancellationToken cancellationToken = default)
    {
        RunIds.Check(runId);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_file.Exists)
            throw None(runId);
        // thrown after the commit: asking may have shortened the claim of a dead process
        (OpenedRun? opened, RunInUseException? refusal) = _writer.Write<(OpenedRun?, RunInUseException?)>(db =>
        {
            long run = NumberOf(db, runId);
            return RunLease.Living(db, run, runId, Now) is { } inUse
                ? (null, inUse)
                : (new OpenedRun(run, Take(db, run, runId), RunTable.Read(db, run), EventTable.LastSequence(db, run)), null);
        });
        return refusal is null ? new(new SqliteRunRecord(_writer, runId, opened!, _options)) : throw refusal;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(string hash, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hash);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_file.Exists)
            throw new InvalidDataException($"The value {hash} cannot be read: there is no '{_file.Name}'.");
        return new(_reader.Read<ReadOnlyMemory<byte>>(db => ContentTable.Get(db, hash)));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default) => ListRunsAsync(null, cancellationToken);

    /// <summary>Lists the runs that ended in one way, the latest first: those that wait for a person, for example. No event is read.</summary>
    /// <param name="outcome">How they ended.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public IAsyncEnumerable<RunSummary> ListAsync(RunOutcome outcome, CancellationToken cancellationToken = default) => ListRunsAsync(outcome, cancellationToken);

    /// <summary>Tells whether a run is recorded.</summary>
    /// <param name="runId">The run.</param>
    public bool Exists(string runId)
    {
        RunIds.Check(runId);
        return _file.Exists && _reader.Read(db => RunTable.Find(db, runId)) is not null;
    }

    /// <summary>Sums a run up, without reading its events.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    public ValueTask<RunSummary> SummarizeAsync(string runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Existing(runId, db => RunTable.Summary(db, runId, Now)) ?? throw None(runId));
    }

    /// <summary>Gets the questions that a run waits for an answer to, in the order in which they were asked.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    public ValueTask<IReadOnlyList<RunQuestion>> QuestionsAsync(string runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Existing(runId, db => QuestionTable.Of(db, NumberOf(db, runId))));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunEvent> ReadAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long run = Existing(runId, db => NumberOf(db, runId));
        long last = 0;
        while (true)
        {
            // a part at a time, so that a slow reader does not keep the file's log from being cleared
            List<StoredEvent> part = _reader.Read(db => EventTable.Read(db, run, last, EventsARead));
            foreach (StoredEvent stored in part)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return EventTable.Parse(_file.Name, runId, ++last, stored);
            }

            if (part.Count < EventsARead)
                yield break;
        }
    }

    /// <inheritdoc/>
    public string? FolderOf(string runId)
    {
        RunIds.Check(runId);
        return _options.Folder is null ? null : Path.Combine(_options.Folder, runId);
    }

    /// <summary>Closes the file. Records that are open can append no more.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    private RunLease Take(SqliteStatements db, long run, string runId) => RunLease.Take(db, run, runId, _options.LeaseTime, _options.TimeProvider);

    private async IAsyncEnumerable<RunSummary> ListRunsAsync(RunOutcome? outcome, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_file.Exists)
            yield break;
        long before = long.MaxValue;
        while (true)
        {
            List<(long Run, RunSummary Summary)> part = _reader.Read(db => RunTable.List(db, before, outcome, RunsARead, Now));
            foreach ((_, RunSummary summary) in part)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return summary;
            }

            if (part.Count < RunsARead)
                yield break;
            before = part[^1].Run;
        }
    }

    private T Existing<T>(string runId, Func<SqliteStatements, T> read)
    {
        RunIds.Check(runId);
        return _file.Exists ? _reader.Read(read) : throw None(runId);
    }

    private long NumberOf(SqliteStatements db, string runId) => RunTable.Find(db, runId) ?? throw None(runId);

    private FileNotFoundException None(string runId) => new($"There is no run '{runId}' in '{_file.Name}'.");
}
