namespace AgentRouter.Events;

/// <summary>Takes the events of a run as they happen. Thread-safe; never throws into the run.</summary>
public interface IRunEventSink
{
    /// <summary>Stamps an event with sequence, time and run, and records it.</summary>
    /// <param name="runEvent">The event, with node and step but without sequence.</param>
    void Emit(RunEvent runEvent);
}
