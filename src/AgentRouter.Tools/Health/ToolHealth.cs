using AgentRouter.Tools.Healing;

namespace AgentRouter.Tools.Health;

/// <summary>How one tool is: what its last calls say, and whether it may be called. Shared by all runs of a process; thread-safe.</summary>
/// <remarks>The weight of a tool is its cost times a factor for each of latency, reliability, rate limit and availability. The product is kept until
/// something changes it, so that a plan over a thousand tools does not compute a thousand of them.</remarks>
public sealed class ToolHealth
{
    private readonly Lock _lock = new();
    private readonly ToolHealthOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ToolBreaker _breaker;
    private readonly CallWindow _window;
    private readonly RateWindow? _rate;
    private int _inARow;
    private long _restsUntil;
    private long _cameBack;
    private int _goodSince;
    private bool _isComingBack;
    private long _throttledUntil = long.MinValue;
    private double _factor = 1;
    private long _factorHolds = long.MaxValue;

    internal ToolHealth(string tool, int? callsPerMinute, ToolHealthOptions options, TimeProvider timeProvider)
    {
        Tool = tool;
        _options = options;
        _timeProvider = timeProvider;
        _breaker = new ToolBreaker(options);
        _window = new CallWindow(Ticks(options.ErrorWindow));
        _rate = callsPerMinute is { } limit ? new RateWindow(limit, Ticks(TimeSpan.FromMinutes(1))) : null;
    }

    /// <summary>Gets the tool's name.</summary>
    public string Tool { get; }

    /// <summary>Gets by how much the tool's cost is multiplied now; infinite when it may not be called.</summary>
    public double Factor() => Factor(_timeProvider.GetTimestamp());

    /// <param name="now">The clock's timestamp.</param>
    internal double Factor(long now)
    {
        if (now < Volatile.Read(ref _factorHolds))
            return Volatile.Read(ref _factor);
        lock (_lock)
            return Refresh(now).Factor;
    }

    /// <summary>Looks at it.</summary>
    public ToolHealthSnapshot Snapshot()
    {
        lock (_lock)
            return Refresh(_timeProvider.GetTimestamp());
    }

    /// <summary>Takes the right to call the tool. It ends with <see cref="Succeeded"/>, <see cref="Failed"/> or <see cref="Left"/>.</summary>
    /// <returns>Whether it may be called: not while it rests, and after its rest by one caller only.</returns>
    public bool TryEnter()
    {
        lock (_lock)
        {
            long now = _timeProvider.GetTimestamp();
            EndRest(now);
            if (now < _throttledUntil || _rate?.Used(now) >= 1 || !_breaker.TryEnter())
                return false;
            _rate?.Add(now);
            if (_rate is not null || _breaker.State == BreakerState.HalfOpen)
                Stale();
            return true;
        }
    }

    /// <summary>Notes that a call did what it was asked.</summary>
    /// <param name="latency">How long it took; <see langword="null"/> where that says nothing of a real call.</param>
    public void Succeeded(TimeSpan? latency)
    {
        lock (_lock)
        {
            long now = _timeProvider.GetTimestamp();
            if (_breaker.State == BreakerState.Closed)
            {
                _goodSince++;
            }
            else
            {
                (_isComingBack, _goodSince) = (true, 0);
                _breaker.Succeed();
            }

            _inARow = 0;
            _window.Add(now, failed: false);
            if (latency is { } took)
                _window.AddLatency(Ticks(took));
            Stale();
        }
    }

    /// <summary>Notes that a call failed.</summary>
    /// <param name="failure">What kind of failure it was. One that is the call's own fault says nothing about the tool.</param>
    /// <param name="retryAfter">How long the tool asked to wait, if it did.</param>
    public void Failed(ToolFailureKind failure, TimeSpan? retryAfter = null)
    {
        if (!failure.IsOfTool())
        {
            Left();
            return;
        }

        lock (_lock)
        {
            long now = _timeProvider.GetTimestamp();
            _window.Add(now, failed: true);
            _inARow += failure.IsOutage() ? 1 : 0;
            if (failure == ToolFailureKind.Throttled || retryAfter is not null)
                _throttledUntil = now + Ticks(Shorter(retryAfter ?? _options.FirstRest, _options.LongestRest));
            if (failure.IsOutage() && (_breaker.State != BreakerState.Closed || _inARow >= _options.FailuresBeforeRest || failure == ToolFailureKind.Gone))
                Rest(now);
            else
                _breaker.Leave();
            Stale();
        }
    }

    /// <summary>Gives the right to call back: the call was not made, or broken off by who called.</summary>
    public void Left()
    {
        lock (_lock)
        {
            _breaker.Leave();
            Stale();
        }
    }

    private void Rest(long now)
    {
        _breaker.Trip();
        _restsUntil = now + Ticks(_breaker.Rest);
        _isComingBack = false;
    }

    private void EndRest(long now)
    {
        if (_breaker.State != BreakerState.Open || now < _restsUntil)
            return;
        _breaker.EndRest();
        _cameBack = now;
    }

    private void Stale() => Volatile.Write(ref _factorHolds, long.MinValue);

    private ToolHealthSnapshot Refresh(long now)
    {
        EndRest(now);
        long holds = _window.Expire(now);
        double latency = _window.MeanLatency is > 0 and var mean
            ? Math.Clamp(mean / Ticks(_options.UsualLatency), ToolHealthDefaults.LeastLatencyFactor, ToolHealthDefaults.MostLatencyFactor)
            : 1;
        double assumed = ToolHealthDefaults.AssumedSuccesses;
        double reliability = Math.Min(ToolHealthDefaults.MostReliabilityFactor, (_window.Count + assumed) / (_window.Count - _window.Failures + assumed));
        (double rate, holds) = RateFactor(now, holds);
        (double availability, holds) = AvailabilityFactor(now, holds);
        var snapshot = new ToolHealthSnapshot(
            Tool, _breaker.State, _window.Count, _window.Failures, _window.MeanLatency > 0 ? TimeSpan.FromSeconds(_window.MeanLatency / _timeProvider.TimestampFrequency) : null,
            latency, reliability, rate, availability);
        Volatile.Write(ref _factor, snapshot.Factor);
        Volatile.Write(ref _factorHolds, holds);
        return snapshot;
    }

    private (double Factor, long Holds) RateFactor(long now, long holds)
    {
        if (now < _throttledUntil)
            return (double.PositiveInfinity, Math.Min(holds, _throttledUntil));
        if (_rate is null || _rate.Used(now) is not (> ToolHealthDefaults.RateLimitKnee and var used))
            return (1, holds);
        double over = (used - ToolHealthDefaults.RateLimitKnee) / (ToolHealthDefaults.RateLimitDouble - ToolHealthDefaults.RateLimitKnee);
        // what is used falls with time
        return (used >= 1 ? double.PositiveInfinity : 1 + (over * over), now);
    }

    private (double Factor, long Holds) AvailabilityFactor(long now, long holds)
    {
        if (_breaker.State == BreakerState.Open)
            return (double.PositiveInfinity, Math.Min(holds, _restsUntil));
        if (_breaker.State == BreakerState.HalfOpen)
        {
            // a way around that costs less would keep it out for ever: it becomes cheaper while nobody tries it
            double rests = (double)(now - _cameBack) / Math.Max(1, Ticks(_breaker.Rest));
            return (_breaker.IsProbed ? double.PositiveInfinity : 1 + ((ToolHealthDefaults.ComingBackFactor - 1) * Math.Pow(2, -rests)), now);
        }

        if (!_isComingBack)
            return (1, holds);
        double factor = ToolHealthDefaults.ComingBackFactor / (2 << Math.Min(_goodSince, 16));
        _isComingBack = factor > 1;
        return (Math.Max(1, factor), holds);
    }

    // a service that asks for a year is asked again sooner
    private static TimeSpan Shorter(TimeSpan time, TimeSpan most) => time < most ? time : most;

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _timeProvider.TimestampFrequency);
}
