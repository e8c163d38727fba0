using Stateless;

namespace AgentRouter.Tools.Health;

/// <summary>Lets a failing tool rest: closed → open → half-open → closed, or open again for longer. Used under its owner's lock.</summary>
internal sealed class ToolBreaker
{
    private const int MaxDoublings = 16;

    private readonly StateMachine<BreakerState, Trigger> _machine = new(BreakerState.Closed);
    private readonly ToolHealthOptions _options;
    private int _rests;
    private bool _isProbed;

    public ToolBreaker(ToolHealthOptions options)
    {
        _options = options;
        _machine.Configure(BreakerState.Closed)
            .OnEntry(() => (_rests, _isProbed) = (0, false))
            .Permit(Trigger.Trip, BreakerState.Open);
        _machine.Configure(BreakerState.Open)
            .OnEntry(() => (_rests, _isProbed) = (_rests + 1, false))
            .Permit(Trigger.Rested, BreakerState.HalfOpen)
            .PermitReentry(Trigger.Trip)
            // a call that went out before the rest began, or around the graph
            .Permit(Trigger.Succeed, BreakerState.Closed);
        _machine.Configure(BreakerState.HalfOpen)
            .Permit(Trigger.Trip, BreakerState.Open)
            .Permit(Trigger.Succeed, BreakerState.Closed);
    }

    private enum Trigger
    {
        Trip,
        Rested,
        Succeed,
    }

    public BreakerState State => _machine.State;

    /// <summary>Gets a value indicating whether the one call that finds out is on its way.</summary>
    public bool IsProbed => _isProbed;

    /// <summary>Gets how long it rests now; each rest without a good call between doubles the next.</summary>
    public TimeSpan Rest => TimeSpan.FromTicks(Math.Min(_options.LongestRest.Ticks, _options.FirstRest.Ticks << Math.Clamp(_rests - 1, 0, MaxDoublings)));

    public void Trip() => _machine.Fire(Trigger.Trip);

    public void EndRest() => _machine.Fire(Trigger.Rested);

    /// <summary>Closes it, where it is not closed.</summary>
    public void Succeed() => _machine.Fire(Trigger.Succeed);

    /// <summary>Takes the right to call.</summary>
    public bool TryEnter() => State switch
    {
        BreakerState.Closed => true,
        BreakerState.HalfOpen when !_isProbed => _isProbed = true,
        _ => false,
    };

    /// <summary>Gives the right to call back: the call was not made, or broken off by who called.</summary>
    public void Leave() => _isProbed = false;
}
