namespace AgentRouter.Workflows.Runs;

/// <summary>The open record of one run. Used by one writer at a time, in the order of the events.</summary>
public interface IRunRecord : IAsyncDisposable
{
    /// <summary>Adds entries: all of them, or none. When the task is done they survive the end of the process; whether they survive a power
    /// cut too is the store's durability.</summary>
    /// <param name="entries">The entries, their events stamped and in order.</param>
    /// <param name="cancellationToken">Cancels the writing; what was begun is taken back.</param>
    /// <exception cref="IOException">The entries cannot be kept, because the disk is full or another process has taken the run over; nothing
    /// of them is in the record.</exception>
    ValueTask AppendAsync(IReadOnlyList<RunRecordEntry> entries, CancellationToken cancellationToken = default);
}
