using AgentRouter.Events;

namespace AgentRouter.Testing;

/// <summary>Events that assertions look at: those of a run, or of a task that a test began by itself.</summary>
public interface IRecordedEvents
{
    /// <summary>Gets the events in order.</summary>
    IReadOnlyList<RunEvent> Events { get; }
}
