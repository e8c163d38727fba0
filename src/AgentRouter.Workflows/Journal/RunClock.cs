namespace AgentRouter.Workflows.Journal;

/// <summary>The clock of a run that goes on. While recorded work is done again it stands where the journal stands; from then on it
/// counts the time that the run works, and not the time in which no process worked on it.</summary>
/// <remarks>The time of day is the recorded one, then the real one. Timers that were started while work is done again fall due when the journal
/// says so (<see cref="FireDue"/>), or are started for what is left of them when the run is live.</remarks>
internal sealed class RunClock(TimeProvider inner, DateTimeOffset began) : TimeProvider
{
    private readonly TimeProvider _inner = inner;
    private readonly Lock _lock = new();
    private readonly List<WaitingTimer> _timers = [];
    private DateTimeOffset _time = began;
    private long _elapsed;
    private long _liveSince = -1;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        long since = Volatile.Read(ref _liveSince);
        return since < 0 ? Volatile.Read(ref _elapsed) : _elapsed + _inner.GetElapsedTime(since).Ticks;
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        if (Volatile.Read(ref _liveSince) >= 0)
            return _inner.GetUtcNow();
        lock (_lock)
            return _time;
    }

    /// <summary>Moves to where the journal stands; never back.</summary>
    /// <param name="elapsed">The time the run had worked.</param>
    /// <param name="time">The time of day.</param>
    public void Advance(TimeSpan elapsed, DateTimeOffset time)
    {
        lock (_lock)
        {
            if (_liveSince >= 0 || elapsed.Ticks < _elapsed)
                return;
            _elapsed = elapsed.Ticks;
            _time = time;
        }
    }

    /// <summary>Calls the timers that are due where the journal stands.</summary>
    public void FireDue()
    {
        WaitingTimer[] due;
        lock (_lock)
            due = [.. _timers.Where(timer => timer.DueAt <= _elapsed)];
        foreach (WaitingTimer timer in due)
            timer.Fire();
    }

    /// <summary>Lets real time pass from now on. Does nothing the second time.</summary>
    public void GoLive()
    {
        WaitingTimer[] left;
        lock (_lock)
        {
            if (_liveSince >= 0)
                return;
            Volatile.Write(ref _liveSince, _inner.GetTimestamp());
            left = [.. _timers];
            _timers.Clear();
        }

        foreach (WaitingTimer timer in left)
            timer.Start(_elapsed);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (_liveSince < 0)
            {
                var timer = new WaitingTimer(this, callback, state);
                timer.Change(dueTime, period);
                return timer;
            }
        }

        return _inner.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>A timer that was started while recorded work is done again.</summary>
    private sealed class WaitingTimer(RunClock clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _real;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long DueAt { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                if (_real is not null)
                    return _real.Change(dueTime, period);
                _period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
                if (clock._liveSince >= 0)
                    _real = clock._inner.CreateTimer(callback, state, dueTime, period);
                else if (!clock._timers.Contains(this))
                    clock._timers.Add(this);
                return true;
            }
        }

        public void Fire()
        {
            lock (clock._lock)
            {
                if (!clock._timers.Remove(this))
                    return;
            }

            callback(state);
        }

        public void Start(long elapsed)
        {
            lock (clock._lock)
            {
                if (DueAt != long.MaxValue)
                    _real = clock._inner.CreateTimer(callback, state, TimeSpan.FromTicks(Math.Max(0, DueAt - elapsed)), _period);
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                DueAt = long.MaxValue;
                _real?.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
