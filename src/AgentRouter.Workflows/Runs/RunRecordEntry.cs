using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs;

/// <summary>An event on its way into the record of a run.</summary>
/// <param name="Event">The event, stamped.</param>
/// <param name="Value">What the event refers to by its hash, in full: an answer, what a tool returned, the inputs; empty for most events.
/// A store keeps equal values once.</param>
public readonly record struct RunRecordEntry(RunEvent Event, ReadOnlyMemory<byte> Value = default)
{
    /// <summary>Gets a value indicating whether the event is a copy of another run's: what it booked was spent there, and is not spent again.</summary>
    public bool IsCopy { get; init; }
}
