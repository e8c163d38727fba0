using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;

namespace AgentRouter.Workflows.Runs;

/// <summary>Where the records of runs are kept. Thread-safe.</summary>
public interface IRunStore
{
    /// <summary>Gets a value indicating whether anything is kept; a store that keeps nothing spares the run the making of events.</summary>
    bool KeepsEvents => true;

    /// <summary>Gets the accounts that runs draw from, or <see langword="null"/> for a store that keeps none.</summary>
    SpendingAccounts? Accounts => null;

    /// <summary>Opens the record of a new run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The record; the run disposes it when it ends.</returns>
    /// <exception cref="ArgumentException">The id cannot be a name in this store.</exception>
    /// <exception cref="IOException">There is a run with this id already, or the record cannot be made.</exception>
    ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Opens the record of a run that has begun before, to go on with it. Until it is disposed no other process can open it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The record; the run disposes it when its work in this process ends.</returns>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="RunInUseException">Another process works on the run.</exception>
    /// <exception cref="IOException">The record cannot be opened.</exception>
    ValueTask<IRunRecord> OpenAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Reads a value that an event of a run refers to.</summary>
    /// <param name="hash">Its hash, as <see cref="ValueHash"/> makes it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The value is missing or damaged.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(string hash, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs, the latest first, without reading their records in full.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the events of a run in order, also while it goes on.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ArgumentException">The id cannot be a name in this store.</exception>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidDataException">An event is missing or cannot be read; the message names the run and the event.</exception>
    IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Gets the folder of a run, or <see langword="null"/> for a store without folders.</summary>
    /// <param name="runId">The run.</param>
    string? FolderOf(string runId);
}
