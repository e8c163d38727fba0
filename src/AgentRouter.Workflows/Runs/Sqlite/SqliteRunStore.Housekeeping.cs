using AgentRouter.Events;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Housekeeping;
using AgentRouter.Workflows.Runs.Sqlite.Records;
using AgentRouter.Workflows.Runs.Sqlite.Values;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <content>What keeps a store in order, and what it tells of all runs.</content>
public sealed partial class SqliteRunStore
{
    private long Now => SqliteRow.FromTime(_options.TimeProvider.GetUtcNow());

    /// <summary>Deletes the record of a run, with the values that no other run refers to. What it spent stays in the books; its folder, with the
    /// copy of its workspace, is not touched.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels before anything is deleted.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="RunInUseException">A process works on the run.</exception>
    public ValueTask DeleteAsync(string runId, CancellationToken cancellationToken = default)
    {
        RunIds.Check(runId);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_file.Exists)
            throw None(runId);
        RunInUseException? refusal = _writer.Write(db =>
        {
            long run = NumberOf(db, runId);
            if (RunLease.Living(db, run, runId, Now) is { } inUse)
                return inUse;
            RunDeletion.Delete(db, run, runId);
            return null;
        });
        return refusal is null ? default : throw refusal;
    }

    /// <summary>Deletes the records of runs in which nothing has happened for long, as <see cref="DeleteAsync"/> does, and gives their space back. Runs
    /// that a process works on stay.</summary>
    /// <param name="olderThan">For how long nothing has happened.</param>
    /// <param name="includeWaiting">Whether runs that wait for a person are deleted too.</param>
    /// <param name="cancellationToken">Cancels between two runs; what is deleted stays so.</param>
    /// <returns>The runs that were deleted, the earliest first.</returns>
    public ValueTask<IReadOnlyList<string>> PruneAsync(TimeSpan olderThan, bool includeWaiting = false, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
        if (!_file.Exists)
            return new([]);
        long before = SqliteRow.FromTime(_options.TimeProvider.GetUtcNow() - olderThan);
        var deleted = new List<string>();
        foreach ((long run, string runId) in _writer.Read(db => RunDeletion.OlderThan(db, before, includeWaiting)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // asked again with each run: it may have been taken up since
            if (_writer.Write(db => RunDeletion.TryDelete(db, run, runId, before, Now)))
                deleted.Add(runId);
        }

        if (deleted.Count > 0)
            _writer.Read(db => db.Execute("VACUUM"));
        return new(deleted);
    }

    /// <summary>Looks for everything that is wrong with the store: damaged pages, events that are missing or cannot be read, values that are
    /// missing or are not what they were. Reads all of it; changes nothing.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>What is wrong, a sentence each; empty for a whole store.</returns>
    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) =>
        new(_file.Exists ? new StoreCheck(_reader, _file.Name).Run(cancellationToken) : []);

    /// <summary>Sums up what was spent, by deleted runs too.</summary>
    /// <param name="by">By what.</param>
    /// <param name="from">The first day, in UTC; <see langword="null"/> for the beginning.</param>
    /// <param name="to">The last day, in UTC; <see langword="null"/> for no end.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The days in their order; everything else with the largest first.</returns>
    public ValueTask<IReadOnlyList<SpendRow>> SpendAsync(SpendBy by, DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.Exists ? new(_reader.Read(db => SpendTable.Sum(db, by, from, to))) : new([]);
    }

    /// <summary>Writes the events of a run as JSON Lines, one event a line.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="destination">Where to write; stays open.</param>
    /// <param name="withValues">Whether what an event stands for in full is written into its line too, as <c>content</c>, or as
    /// <c>contentBase64</c> where it is not text.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    public async Task ExportAsync(string runId, Stream destination, bool withValues = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        await foreach (RunEvent next in ReadAsync(runId, cancellationToken))
        {
            byte[]? value = withValues && next.Value is { } hash ? _reader.Read(db => ContentTable.Get(db, hash)) : null;
            await destination.WriteAsync(ExportLine.Of(next, value), cancellationToken);
        }
    }
}
