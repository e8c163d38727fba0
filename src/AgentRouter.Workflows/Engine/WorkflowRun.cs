using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>A run in progress.</summary>
/// <remarks>
/// A run never waits for its reader. Events wait for the reader in memory, up to 100,000; when more are unread, the oldest are
/// left out and a <see cref="RunWarning"/> says how many. The run's record in the store is written first and has them all.
/// </remarks>
public sealed class WorkflowRun
{
    private readonly RunLog? _log;

    internal WorkflowRun(string runId, RunLog? log, Task<RunResult> completion)
    {
        RunId = runId;
        _log = log;
        Completion = completion;
    }

    /// <summary>Gets the run's id.</summary>
    public string RunId { get; }

    /// <summary>Gets the end of the run. It never faults and is never cancelled: how the run ended is in the result. The record is
    /// closed by then.</summary>
    public Task<RunResult> Completion { get; }

    /// <summary>Reads the events in order, from the first to <see cref="RunEnded"/>, as they come. There is one reader.</summary>
    /// <param name="cancellationToken">Ends the reading, not the run.</param>
    /// <exception cref="InvalidOperationException">The events are read already, or the run was started without
    /// <see cref="RunRequest.StreamEvents"/>.</exception>
    public IAsyncEnumerable<RunEvent> ReadEventsAsync(CancellationToken cancellationToken = default) =>
        _log is { IsStreamed: true }
            ? _log.ReadAsync(cancellationToken)
            : throw new InvalidOperationException("The run was started with StreamEvents = false: there are no events to read.");
}
