namespace AgentRouter.Budgets;

/// <summary>What is held for one call in flight. It ends exactly once: settled, or released.</summary>
/// <remarks>Disposing an open reservation releases it if nothing was sent, and books it in full if something was: what is in
/// doubt is never free. Thread-safe.</remarks>
public sealed class BudgetReservation : IDisposable
{
    private readonly BudgetLedger _ledger;
    private volatile bool _sent;
    private int _ended;

    internal BudgetReservation(BudgetLedger ledger, BudgetAmount amount)
    {
        _ledger = ledger;
        Amount = amount;
    }

    /// <summary>Gets what is held.</summary>
    public BudgetAmount Amount { get; }

    /// <summary>Gets a value indicating whether the reservation has ended.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Notes that the call has gone out: from now on, disposing books the whole amount.</summary>
    public void MarkSent() => _sent = true;

    /// <summary>Ends the reservation and books what was really spent; the rest is free again.</summary>
    /// <param name="actual">What was spent. More than was held is booked in full and reported as an overrun.</param>
    /// <exception cref="InvalidOperationException">The reservation has ended already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A part of the amount is negative.</exception>
    public Settlement Settle(BudgetAmount actual)
    {
        for (int i = 0; i < BudgetAmount.Dimensions; i++)
            ArgumentOutOfRangeException.ThrowIfNegative(actual[i], nameof(actual));
        if (!TryEnd())
            throw new InvalidOperationException("This reservation has ended already; a call is booked once.");
        _ledger.End(Amount, actual);
        return new Settlement(actual, Amount);
    }

    /// <summary>Ends the reservation and books all of it: the call was sent and its usage is unknown.</summary>
    /// <exception cref="InvalidOperationException">The reservation has ended already.</exception>
    public Settlement SettleInFull() => Settle(Amount);

    /// <summary>Ends the reservation and books nothing: nothing was sent, or the provider does not bill what it refused.</summary>
    /// <exception cref="InvalidOperationException">The reservation has ended already.</exception>
    public void Release() => Settle(default);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (TryEnd())
            _ledger.End(Amount, _sent ? Amount : default);
    }

    private bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
