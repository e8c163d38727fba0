using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.Workflows.Engine;

/// <summary>Asks the person a run belongs to whether it may have its budget once more, in the middle of the call that did not fit.</summary>
internal sealed class BudgetQuestion(RunSession run)
{
    private const string Yes = "yes";
    private const string No = "no";

    private bool _declined;

    /// <summary>Gets a value indicating whether the person said no: then the run ends instead of waiting.</summary>
    public bool Declined => Volatile.Read(ref _declined);

    /// <summary>Asks, and raises the run's limits when the person agrees.</summary>
    /// <param name="refusal">Why the call did not fit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the call may be tried again.</returns>
    public async ValueTask<bool> RaiseAsync(BudgetRefusal refusal, CancellationToken cancellationToken)
    {
        BudgetLedger ledger = run.Ledger;
        // time goes on while a person thinks, and a grant is a matter of its parent
        bool canBeRaised = ledger.Budget.OnExceeded == OnExceeded.Ask && refusal.Dimension != BudgetDimension.Time
            && ledger.CanBeRaised && ReferenceEquals(TaskScope.Current?.Ledger, ledger);
        if (!canBeRaised || Declined)
            return false;
        string node = TaskScope.Current!.Node ?? "";
        string question = $"The budget is used up: {refusal}. May the run have its budget once more?";
        string? answer = await run.Desk.AskAsync(new PersonQuestion(run.RunId, node, question, [Yes, No], null), null, cancellationToken);
        if (answer is null)
            return false;
        if (answer != Yes)
        {
            Volatile.Write(ref _declined, true);
            return false;
        }

        Budget budget = ledger.Budget;
        ledger.Raise(new BudgetAmount(Money.FromUsd(budget.Usd ?? 0), budget.Tokens ?? 0, budget.Calls ?? 0, budget.Steps ?? 0));
        return true;
    }
}
