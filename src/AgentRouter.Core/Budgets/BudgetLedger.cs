using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using AgentRouter.Pricing;

namespace AgentRouter.Budgets;

/// <summary>The one account of a task's spending.</summary>
/// <remarks>
/// Everything that costs goes through it: calls, retries, fallbacks, parallel branches, child runs, the router's own calls.
/// At every instant spent + reserved ≤ limit in every dimension of an enforced budget, whatever the interleaving; the only
/// exception is an overrun, where a provider bills more than it was allowed to, which is booked in full. A ledger and its
/// children share one lock. Thread-safe.
/// </remarks>
public sealed class BudgetLedger
{
    private const int Dimensions = BudgetAmount.Dimensions;
    private const long NoLimit = long.MaxValue;

    private readonly Lock _lock;
    private readonly BudgetLedger? _parent;
    private readonly TimeProvider _timeProvider;
    private readonly long _opened;
    private readonly bool _enforced;
    private Slots _limit, _wrapUp, _spent, _reserved, _grant;
    private bool _closed;

    /// <summary>Opens a ledger.</summary>
    /// <param name="budget">The limits.</param>
    /// <param name="timeProvider">The clock that the time limit is measured with; the system's when not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public BudgetLedger(Budget budget, TimeProvider? timeProvider = null)
        : this(budget, timeProvider ?? TimeProvider.System, null)
    {
    }

    private BudgetLedger(Budget budget, TimeProvider timeProvider, BudgetLedger? parent)
    {
        ArgumentNullException.ThrowIfNull(budget);
        Budget = budget.Validate();
        _timeProvider = timeProvider;
        _opened = timeProvider.GetTimestamp();
        _parent = parent;
        _lock = parent?._lock ?? new Lock();
        _enforced = budget.Mode == BudgetMode.Enforce;
        _limit[0] = budget.Usd is { } usd ? Money.FromUsd(usd).Picodollars : NoLimit;
        _limit[1] = budget.Tokens ?? NoLimit;
        _limit[2] = budget.Calls ?? NoLimit;
        _limit[3] = budget.Steps ?? NoLimit;
        if (_enforced && budget.OnExceeded == OnExceeded.WrapUp)
        {
            for (int i = 0; i < Dimensions; i++)
                _wrapUp[i] = _limit[i] == NoLimit ? 0 : (long)Math.Floor(_limit[i] * budget.ReserveForWrapUp);
            // the last answer is one call and one step, however small its share of them is
            for (int i = 2; i < Dimensions; i++)
            {
                if (_limit[i] is > 1 and < NoLimit && budget.ReserveForWrapUp > 0)
                    _wrapUp[i] = Math.Max(1, _wrapUp[i]);
            }
        }
    }

    /// <summary>Gets the limits this ledger was opened with.</summary>
    public Budget Budget { get; }

    /// <summary>Gets a value indicating whether calls that do not fit are refused.</summary>
    public bool IsEnforced => _enforced;

    /// <summary>Gets a value indicating whether <see cref="Raise"/> may add to the limits: a child's are a part of its parent's.</summary>
    public bool CanBeRaised => _parent is null;

    /// <summary>Gets the share of the money limit that is spent or held, between 0 and 1; 0 without a limit.</summary>
    public double UsedShare
    {
        get
        {
            if (_limit[0] is NoLimit or 0)
                return 0;
            lock (_lock)
                return Math.Clamp((_spent[0] + _reserved[0]) / (double)_limit[0], 0, 1);
        }
    }

    /// <summary>Gets the share that is neither spent nor held of the limit that is nearest its end, between 0 and 1: money, tokens, calls,
    /// steps or time; 1 without a limit.</summary>
    public double LeftShare
    {
        get
        {
            double least = 1;
            lock (_lock)
            {
                for (int i = 0; i < Dimensions; i++)
                {
                    if (_limit[i] is not (NoLimit or 0))
                        least = Math.Min(least, 1 - (_spent[i] + _reserved[i]) / (double)_limit[i]);
                }
            }

            if (Budget.Time is { } time && time > TimeSpan.Zero)
                least = Math.Min(least, 1 - _timeProvider.GetElapsedTime(_opened) / time);
            return Math.Max(0, least);
        }
    }

    /// <summary>Gets the time left for work, or <see langword="null"/> without a time limit; never below zero.</summary>
    /// <param name="purpose">What the time is for; work leaves the reserve alone.</param>
    public TimeSpan? TimeRemaining(SpendPurpose purpose = SpendPurpose.Work)
    {
        TimeSpan? own = null;
        if (_enforced && Budget.Time is { } limit)
        {
            if (purpose == SpendPurpose.Work && Budget.OnExceeded == OnExceeded.WrapUp)
                limit -= limit * (double)Budget.ReserveForWrapUp;
            TimeSpan left = limit - _timeProvider.GetElapsedTime(_opened);
            own = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        TimeSpan? inherited = _parent?.TimeRemaining(purpose);
        return own is null || inherited < own ? inherited : own;
    }

    /// <summary>Gets what a new reservation could hold at this instant; dimensions without a limit have the largest value.</summary>
    /// <param name="purpose">What it is for; work leaves the reserve for the last answer alone.</param>
    public BudgetAmount Available(SpendPurpose purpose = SpendPurpose.Work)
    {
        lock (_lock)
        {
            Slots free = default;
            for (int i = 0; i < Dimensions; i++)
                free[i] = Free(i, purpose);
            return new BudgetAmount(Money.FromPicodollars(free[0]), free[1], free[2], free[3]);
        }
    }

    /// <summary>Holds an amount, or says why it does not fit. Atomic across threads and across all ledgers of the task.</summary>
    /// <param name="worstCase">The most the call can cost.</param>
    /// <param name="reservation">What is held; the caller ends it.</param>
    /// <param name="refusal">Why it did not fit.</param>
    /// <param name="purpose">What it is for; work leaves the reserve for the last answer alone.</param>
    /// <returns>Whether the amount is held. Always, unless the budget is enforced.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part of the amount is negative.</exception>
    /// <exception cref="InvalidOperationException">The ledger is a child and has been closed.</exception>
    public bool TryReserve(
        BudgetAmount worstCase,
        [NotNullWhen(true)] out BudgetReservation? reservation,
        [NotNullWhen(false)] out BudgetRefusal? refusal,
        SpendPurpose purpose = SpendPurpose.Work)
    {
        for (int i = 0; i < Dimensions; i++)
            ArgumentOutOfRangeException.ThrowIfNegative(worstCase[i], nameof(worstCase));
        reservation = null;
        refusal = RefusedByTime(purpose);
        if (refusal is not null)
            return false;
        lock (_lock)
        {
            ThrowIfClosed();
            for (int i = 0; i < Dimensions; i++)
            {
                if (worstCase[i] > Free(i, purpose))
                {
                    refusal = Refuse(i, worstCase[i], purpose);
                    return false;
                }
            }

            for (int i = 0; i < Dimensions; i++)
                Hold(i, worstCase[i]);
        }

        reservation = new BudgetReservation(this, worstCase);
        return true;
    }

    /// <summary>Gives a child a part of what is left. What the child does not spend returns when it is closed.</summary>
    /// <param name="childBudget">The child's limits; a limit it does not set is shared with this ledger.</param>
    /// <param name="child">The child's ledger.</param>
    /// <param name="refusal">Why the grant did not fit.</param>
    /// <returns>Whether the grant was given.</returns>
    public bool TryGrant(Budget childBudget, [NotNullWhen(true)] out BudgetLedger? child, [NotNullWhen(false)] out BudgetRefusal? refusal)
    {
        var opened = new BudgetLedger(childBudget, _timeProvider, this);
        child = null;
        refusal = RefusedByTime(SpendPurpose.Work);
        if (refusal is not null)
            return false;
        lock (_lock)
        {
            ThrowIfClosed();
            if (childBudget.Mode == BudgetMode.Enforce)
            {
                for (int i = 0; i < Dimensions; i++)
                {
                    if (opened._limit[i] != NoLimit && opened._limit[i] > Free(i, SpendPurpose.Work))
                    {
                        refusal = Refuse(i, opened._limit[i], SpendPurpose.Work);
                        return false;
                    }
                }

                for (int i = 0; i < Dimensions; i++)
                {
                    if (opened._limit[i] == NoLimit)
                        continue;
                    opened._grant[i] = opened._limit[i];
                    Hold(i, opened._limit[i]);
                }
            }
        }

        child = opened;
        return true;
    }

    /// <summary>Closes a child: what it was granted and did not spend returns to its parent. Closing twice does nothing.</summary>
    /// <exception cref="InvalidOperationException">The child still holds amounts for calls in flight.</exception>
    public void Close()
    {
        lock (_lock)
        {
            if (_closed || _parent is null)
                return;
            for (int i = 0; i < Dimensions; i++)
            {
                if (_reserved[i] != 0)
                    throw new InvalidOperationException("A child ledger cannot be closed while it holds reservations.");
            }

            _closed = true;
            for (int i = 0; i < Dimensions; i++)
            {
                _parent.Unhold(i, _grant[i]);
                _grant[i] = 0;
            }
        }
    }

    /// <summary>Adds to the limits: a person allowed more. A dimension without a limit stays without one; time and the reserve
    /// for the last answer stay as they are.</summary>
    /// <param name="more">What is added.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part of the amount is negative.</exception>
    /// <exception cref="InvalidOperationException">The ledger is a child: its grant is a part of its parent's limits.</exception>
    public void Raise(BudgetAmount more)
    {
        if (_parent is not null)
            throw new InvalidOperationException("The limits of a child ledger are a part of its parent's; raise the task's own ledger.");
        for (int i = 0; i < Dimensions; i++)
            ArgumentOutOfRangeException.ThrowIfNegative(more[i], nameof(more));
        lock (_lock)
        {
            for (int i = 0; i < Dimensions; i++)
                _limit[i] = _limit[i] == NoLimit ? NoLimit : checked(_limit[i] + more[i]);
        }
    }

    /// <summary>Reads the ledger at one instant.</summary>
    public BudgetSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new BudgetSnapshot
            {
                LimitUsd = _limit[0] == NoLimit ? null : Money.FromPicodollars(_limit[0]),
                LimitTokens = Limit(1),
                LimitCalls = Limit(2),
                LimitSteps = Limit(3),
                LimitTime = Budget.Time,
                Spent = ToAmount(ref _spent),
                Reserved = ToAmount(ref _reserved),
                Elapsed = _timeProvider.GetElapsedTime(_opened),
            };
        }
    }

    internal void End(BudgetAmount held, BudgetAmount actual)
    {
        lock (_lock)
        {
            for (int i = 0; i < Dimensions; i++)
            {
                Unhold(i, held[i]);
                Book(i, actual[i]);
            }
        }
    }

    // What can still be held here: the smaller of the own limit and, where this ledger has no grant of its own in the
    // dimension, what the parent has free.
    private long Free(int i, SpendPurpose purpose)
    {
        long free = NoLimit;
        if (_enforced && _limit[i] != NoLimit)
        {
            long keep = purpose == SpendPurpose.Work ? _wrapUp[i] : 0;
            free = Math.Max(0, _limit[i] - keep - _spent[i] - _reserved[i]);
        }

        return _parent is not null && !HasGrant(i) ? Math.Min(free, _parent.Free(i, purpose)) : free;
    }

    private long? Limit(int i) => _limit[i] == NoLimit ? null : _limit[i];

    private bool HasGrant(int i) => _enforced && _limit[i] != NoLimit;

    private void Hold(int i, long amount)
    {
        _reserved[i] += amount;
        if (_parent is not null && !HasGrant(i))
            _parent.Hold(i, amount);
    }

    private void Unhold(int i, long amount)
    {
        _reserved[i] -= amount;
        if (_parent is not null && !HasGrant(i))
            _parent.Unhold(i, amount);
    }

    // Spending moves up the tree: what was granted stops being held by the parent in the same instant in which it is spent there.
    private void Book(int i, long amount)
    {
        _spent[i] = checked(_spent[i] + amount);
        if (_parent is null)
            return;
        if (HasGrant(i))
        {
            long fromGrant = Math.Min(amount, _grant[i]);
            _grant[i] -= fromGrant;
            _parent.Unhold(i, fromGrant);
        }

        _parent.Book(i, amount);
    }

    private BudgetRefusal Refuse(int i, long needed, SpendPurpose purpose)
    {
        BudgetLedger at = this;
        while (at._parent is not null && !at.HasGrant(i) && needed > at._parent.Free(i, purpose))
            at = at._parent;
        return new BudgetRefusal((BudgetDimension)i, at._limit[i], at._spent[i], at._reserved[i], needed);
    }

    private BudgetRefusal? RefusedByTime(SpendPurpose purpose)
    {
        if (TimeRemaining(purpose) != TimeSpan.Zero)
            return null;
        BudgetLedger at = this;
        while (at.Budget.Time is null && at._parent is not null)
            at = at._parent;
        long elapsed = (long)_timeProvider.GetElapsedTime(at._opened).TotalMilliseconds;
        return new BudgetRefusal(BudgetDimension.Time, (long)(at.Budget.Time ?? TimeSpan.Zero).TotalMilliseconds, elapsed, 0, 0);
    }

    private void ThrowIfClosed()
    {
        // a child of a closed ledger has nothing to spend from either
        BudgetLedger? at = this;
        while (at is { _closed: false })
            at = at._parent;
        if (at is not null)
            throw new InvalidOperationException("This child ledger has been closed; its grant has returned to the parent.");
    }

    private static BudgetAmount ToAmount(ref Slots slots) =>
        new(Money.FromPicodollars(slots[0]), slots[1], slots[2], slots[3]);

    [InlineArray(Dimensions)]
    private struct Slots
    {
        private long _first;
    }
}
