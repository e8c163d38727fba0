using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs;

/// <summary>Where the records of runs are kept. Thread-safe.</summary>
public interface IRunStore
{
    /// <summary>Gets a value indicating whether anything is kept; a store that keeps nothing spares the run the making of events.</summary>
    bool KeepsEvents => true;

    /// <summary>Opens the record of a new run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The record; the run disposes it when it ends.</returns>
    /// <exception cref="ArgumentException">The id cannot be a name in this store.</exception>
    /// <exception cref="IOException">There is a run with this id already, or the record cannot be made.</exception>
    ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs, the latest first, without reading their records in full.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the events of a run in order. A record that was cut off while its last line was written is read up to
    /// there; a <see cref="RunWarning"/> at the end says so.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ArgumentException">The id cannot be a name in this store.</exception>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidDataException">A line before the last is not an event; the message names the line.</exception>
    IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Gets the folder of a run, or <see langword="null"/> for a store without folders.</summary>
    /// <param name="runId">The run.</param>
    string? FolderOf(string runId);
}
