using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.Routing.Embeddings;

/// <summary>What is held for one call of an embedding generator, and booked when it ends.</summary>
internal sealed class EmbeddingPayment : IDisposable
{
    private readonly EmbeddingProfile _profile;
    private readonly BudgetLedger _ledger;
    private readonly TaskScope? _scope;
    private readonly BudgetReservation _reservation;
    private bool _isSent;

    private EmbeddingPayment(EmbeddingProfile profile, BudgetLedger ledger, TaskScope? scope, BudgetReservation reservation) =>
        (_profile, _ledger, _scope, _reservation) = (profile, ledger, scope, reservation);

    /// <summary>Holds the worst case.</summary>
    /// <exception cref="BudgetExceededException">It does not fit.</exception>
    public static EmbeddingPayment Hold(EmbeddingProfile profile, BudgetLedger ledger, TaskScope? scope, long worstTokens)
    {
        BudgetSnapshot? before = scope?.Events is null ? null : ledger.Snapshot();
        BudgetAmount worst = AmountOf(profile, worstTokens);
        if (!ledger.TryReserve(worst, out BudgetReservation? reservation, out BudgetRefusal? refusal, scope?.Purpose ?? SpendPurpose.Work))
        {
            scope?.Events?.Emit(new BudgetRefused(refusal) { Node = scope.Node });
            throw new BudgetExceededException(refusal, ledger.Budget.OnExceeded);
        }

        if (before is not null)
            scope!.Events!.Emit(new BudgetReserved(profile.Name, worst, before) { Node = scope.Node });
        return new EmbeddingPayment(profile, ledger, scope, reservation);
    }

    /// <summary>Notes that the request goes out.</summary>
    public void MarkSent()
    {
        _isSent = true;
        _reservation.MarkSent();
    }

    /// <summary>Books an answer: what was reported, else all that was held.</summary>
    /// <param name="tokens">The tokens that were reported; no text is free of them.</param>
    public void Settle(long? tokens)
    {
        Settlement settlement = tokens is > 0 and var known ? _reservation.Settle(AmountOf(_profile, known)) : _reservation.SettleInFull();
        if (settlement.IsOverrun)
            _scope?.Events?.Emit(new BudgetOverrun(_profile.Name, settlement.Booked, settlement.Reserved) { Node = _scope.Node });
        Tell(settlement.Booked, isInFull: tokens is not > 0);
    }

    /// <summary>Books a failure: all that was held, or nothing where the provider bills none of it.</summary>
    public void Fail(bool mayHaveBeenBilled)
    {
        if (_reservation.HasEnded)
            return;
        bool isBooked = _isSent && mayHaveBeenBilled;
        if (isBooked)
            _reservation.SettleInFull();
        else
            _reservation.Release();
        Tell(isBooked ? _reservation.Amount : default, isInFull: isBooked);
    }

    /// <inheritdoc/>
    public void Dispose() => _reservation.Dispose();

    private void Tell(BudgetAmount booked, bool isInFull) =>
        _scope?.Events?.Emit(new BudgetSettled(_profile.Name, booked, isInFull, _ledger.Snapshot()) { Node = _scope.Node });

    private static BudgetAmount AmountOf(EmbeddingProfile profile, long tokens) => new(profile.Prices.CostOf(new TokenUsage(tokens, 0, 0, 0)), tokens, Calls: 0, Steps: 0);
}
