using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Nodes.Human;

namespace AgentRouter.Workflows.Engine;

/// <summary>Asks the person a run belongs to whether it may have its budget once more, in the middle of the call that did not fit.</summary>
internal sealed class BudgetQuestion(RunSession run)
{
    private const string Yes = "yes";
    private const string No = "no";

    private bool _declined;

    /// <summary>Gets a value indicating whether the person said no, or the account that the run draws from has not so much left: then the run ends
    /// instead of waiting.</summary>
    public bool Declined => Volatile.Read(ref _declined);

    /// <summary>Counts how often a person agreed to raise the budget of a recorded run.</summary>
    /// <param name="events">The run's events, in order.</param>
    public static int CountRaises(IReadOnlyList<RunEvent> events)
    {
        // tools are asked about in their steps, and human nodes make no calls that a budget could refuse
        var humans = events.OfType<NodeStarted>().Where(node => node.Kind == HumanNode.KindName).Select(node => node.Node).ToHashSet();
        return events.OfType<PersonAnswered>().Count(answered => answered.Step is null && answered.Answer == Yes && !humans.Contains(answered.Node));
    }

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
        var question = new PersonQuestion(run.RunId, node, $"The budget is used up: {refusal}. May the run have its budget once more?", [Yes, No], null);
        Budget budget = ledger.Budget;
        var more = Money.FromUsd(budget.Usd ?? 0);
        string? answer = await AskAsync(question, more, cancellationToken);
        if (answer is null)
            return false;
        if (answer != Yes)
        {
            Volatile.Write(ref _declined, true);
            return false;
        }

        ledger.Raise(new BudgetAmount(more, budget.Tokens ?? 0, budget.Calls ?? 0, budget.Steps ?? 0));
        return true;
    }

    // nobody is asked for what an account cannot pay; what was asked before is asked again all the same, as it is recorded
    private async ValueTask<string?> AskAsync(PersonQuestion question, Money more, CancellationToken cancellationToken)
    {
        if (run.Log?.Replay?.Peek(question.Node, null) is PersonAsked)
            return run.Desk.Announce(question, null) ?? (HasMore(more) ? await run.Desk.PutAsync(question, null, cancellationToken) : null);
        return HasMore(more) ? await run.Desk.AskAsync(question, null, cancellationToken) : null;
    }

    private bool HasMore(Money more)
    {
        if (run.AccountName is not { } account || run.Account?.TryRaise(more) == true)
            return true;
        Volatile.Write(ref _declined, true);
        // where a run is only done again, what its account had left is what is recorded
        if (run.Account is not null)
            run.Warn($"The account '{account}' has less than {more} left, so the budget cannot be raised.");
        return false;
    }
}
