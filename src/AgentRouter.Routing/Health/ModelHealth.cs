using AgentRouter.Failures;

namespace AgentRouter.Routing.Health;

/// <summary>Remembers which models failed lately, so that the router lets them rest. Shared by all tasks of a router; thread-safe.</summary>
public sealed class ModelHealth
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, State> _states = [];
    private readonly ModelHealthOptions _options;
    private readonly TimeProvider _timeProvider;
    private volatile bool _anyTroubled;

    /// <summary>Makes a record in which all models are well.</summary>
    /// <param name="options">When and for how long a model rests.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ModelHealth(ModelHealthOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _options = options.Validate();
        _timeProvider = timeProvider;
    }

    /// <summary>Whether a model may be asked now.</summary>
    /// <param name="model">The model's name.</param>
    public bool IsWell(string model)
    {
        if (!_anyTroubled)
            return true;
        lock (_lock)
            return !_states.TryGetValue(model, out State? state) || _timeProvider.GetUtcNow() >= state.RestsUntil;
    }

    /// <summary>Notes that a model answered.</summary>
    /// <param name="model">The model's name.</param>
    public void Succeeded(string model)
    {
        if (!_anyTroubled)
            return;
        lock (_lock)
        {
            _states.Remove(model);
            _anyTroubled = _states.Count > 0;
        }
    }

    /// <summary>Notes that a call failed. Failures that are the request's fault do not count against the model.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="failure">What kind of failure it was.</param>
    /// <param name="retryAfter">How long the provider asked to wait.</param>
    public void Failed(string model, FailureClass failure, TimeSpan? retryAfter)
    {
        bool counts = failure is FailureClass.Transient or FailureClass.Throttled or FailureClass.Timeout
            or FailureClass.MalformedReply or FailureClass.Authentication or FailureClass.Unknown;
        if (!counts)
            return;
        lock (_lock)
        {
            if (!_states.TryGetValue(model, out State? state))
                _states[model] = state = new State();
            _anyTroubled = true;
            state.Failures++;
            if (failure == FailureClass.Authentication || state.Failures >= _options.FailuresBeforeRest)
                state.RestsUntil = _timeProvider.GetUtcNow() + Longer(RestAfter(state.Failures), retryAfter);
            else if (retryAfter is { } wait)
                state.RestsUntil = _timeProvider.GetUtcNow() + wait;
        }
    }

    // each further failure doubles the rest: a model that comes back is asked once and rests longer if it fails
    private TimeSpan RestAfter(int failures)
    {
        int doublings = Math.Clamp(failures - _options.FailuresBeforeRest, 0, 16);
        return TimeSpan.FromTicks(Math.Min(_options.LongestRest.Ticks, _options.FirstRest.Ticks << doublings));
    }

    private static TimeSpan Longer(TimeSpan rest, TimeSpan? retryAfter) => retryAfter > rest ? retryAfter.Value : rest;

    private sealed class State
    {
        public int Failures { get; set; }

        public DateTimeOffset RestsUntil { get; set; } = DateTimeOffset.MinValue;
    }
}
