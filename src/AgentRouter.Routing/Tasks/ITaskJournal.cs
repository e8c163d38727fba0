using AgentRouter.Events;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Tasks;

/// <summary>A sink of events that is the journal of a task too: it keeps what came of each LLM call, and gives it back when the work is done
/// again after the process has ended. Thread-safe.</summary>
/// <remarks>
/// A task goes on by doing its work again: everything happens as before, and a call that was answered is answered from the journal. The
/// router asks, in this order: <see cref="NextCall"/>, <see cref="TurnAsync"/>, <see cref="Confirm"/>, then for each attempt
/// <see cref="RecallAsync"/> and, where nothing is recorded, <see cref="CommitAsync"/> before the request goes out and after its answer.
/// Events that are recorded already are taken and not recorded again.
/// </remarks>
public interface ITaskJournal : IRunEventSink
{
    /// <summary>Gets a value indicating whether what events stand for in full is kept.</summary>
    bool KeepsValues { get; }

    /// <summary>Gets a value indicating whether recorded work is being done again.</summary>
    bool IsReplaying { get; }

    /// <summary>Gets the number of the last step that is recorded; new ones count on from there.</summary>
    int RecordedSteps { get; }

    /// <summary>Records an event together with what it stands for in full.</summary>
    /// <param name="runEvent">The event.</param>
    /// <param name="value">What it stands for.</param>
    void Emit(RunEvent runEvent, ReadOnlyMemory<byte> value);

    /// <summary>Finds the number that the next LLM call of a node had.</summary>
    /// <param name="node">The node's path, or <see langword="null"/> outside a node.</param>
    /// <returns>The step's number and the calls the task had made before it; <see langword="null"/> for a call that is not recorded.</returns>
    (int Step, int CallIndex)? NextCall(string? node);

    /// <summary>Waits until everything is done again that was recorded before the next event of a step, so that what is learned in between
    /// is known. Returns at once for a step that is not recorded.</summary>
    /// <param name="node">The node's path.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask TurnAsync(string? node, int step, CancellationToken cancellationToken);

    /// <summary>Says which decision is followed: the recorded one, where there is one.</summary>
    /// <param name="decision">What the policy decides now.</param>
    /// <param name="node">The node's path.</param>
    /// <param name="step">The step.</param>
    RouteDecision Confirm(RouteDecision decision, string? node, int step);

    /// <summary>Recalls what came of the attempt that was just noted as sent.</summary>
    /// <param name="node">The node's path.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <returns>What came of it; <see langword="null"/> for an attempt that is not recorded.</returns>
    ValueTask<RecordedAttempt?> RecallAsync(string? node, int step, CancellationToken cancellationToken);

    /// <summary>Waits until everything that was emitted is kept.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
    ValueTask CommitAsync(CancellationToken cancellationToken);
}
