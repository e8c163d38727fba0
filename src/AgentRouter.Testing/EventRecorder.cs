using AgentRouter.Events;

namespace AgentRouter.Testing;

/// <summary>Keeps the events of a task in memory: <c>client.BeginTask(budget, recorder)</c>. Thread-safe.</summary>
/// <param name="clock">The clock that stamps them; the system's when not given.</param>
public sealed class EventRecorder(TimeProvider? clock = null) : IRunEventSink, IRecordedEvents
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly List<RunEvent> _events = [];

    /// <inheritdoc/>
    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <inheritdoc/>
    public void Emit(RunEvent runEvent)
    {
        ArgumentNullException.ThrowIfNull(runEvent);
        lock (_lock)
            _events.Add(runEvent with { Sequence = _events.Count + 1, Time = _clock.GetUtcNow() });
    }
}
