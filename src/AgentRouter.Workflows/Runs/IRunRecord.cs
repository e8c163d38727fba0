using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs;

/// <summary>The open record of one run. Used by one writer at a time, in the order of the events.</summary>
public interface IRunRecord : IAsyncDisposable
{
    /// <summary>Adds an event. When the task is done, the event survives the end of the process.</summary>
    /// <param name="runEvent">The event, stamped.</param>
    /// <param name="cancellationToken">Cancels the writing; what was begun is taken back.</param>
    /// <exception cref="IOException">The event cannot be kept, for example because the disk is full; nothing of it is in the record.</exception>
    ValueTask AppendAsync(RunEvent runEvent, CancellationToken cancellationToken = default);
}
