using AgentRouter.Budgets;
using AgentRouter.Pricing;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What may be spent on one question.</summary>
internal sealed class RecallPurse
{
    private readonly BudgetLedger? _ledger;
    private readonly Money? _most;
    private readonly Money _before;
    private string? _refusal;

    /// <summary>Opens it.</summary>
    public RecallPurse(AssistedRecallOptions options)
    {
        (_ledger, _most) = (options.Ledger, options.MostPerQuestion);
        _before = _ledger?.Snapshot().Spent.Usd ?? Money.Zero;
    }

    /// <summary>Gets why no call may be made; <see langword="null"/> where one may be tried, and the ledger decides.</summary>
    public string? Refusal
    {
        get
        {
            if (_refusal is not null || _ledger is null)
                return _refusal;
            if (_ledger.IsEnforced && _ledger.Available().Usd <= Money.Zero)
                return "the budget is used up";
            return _most is { } most && _ledger.Snapshot().Spent.Usd - _before >= most ? $"{most} are spent on this question" : null;
        }
    }

    /// <summary>Notes that a call was refused: no other is tried for this question.</summary>
    public void Refuse() => _refusal = "the budget is used up";
}
