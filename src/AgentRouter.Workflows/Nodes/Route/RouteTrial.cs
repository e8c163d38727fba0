using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>One use of a candidate: what it spends, and the first verdict on its work.</summary>
internal sealed class RouteTrial
{
    private readonly BudgetLedger _ledger;
    private readonly Money _before;
    private Action<bool, Money>? _learn;
    private Money? _spent;
    private bool _isBrokenOff;

    private RouteTrial(BudgetLedger ledger, Action<bool, Money> learn) =>
        (_ledger, _before, _learn) = (ledger, ledger.Snapshot().Spent.Usd, learn);

    /// <summary>Begins a use; the next verification in the scope judges it.</summary>
    /// <param name="scope">The scope that it spends in.</param>
    /// <param name="learn">Takes the verdict and what was spent.</param>
    public static RouteTrial Begin(TaskScope scope, Action<bool, Money> learn)
    {
        var trial = new RouteTrial(scope.Ledger, learn);
        scope.WhenVerified(trial.Judge);
        return trial;
    }

    /// <summary>Says that its work is over: what is spent from now on is not its own.</summary>
    public void End() => _spent = Spent;

    /// <summary>Says whether its work is right. The first verdict counts.</summary>
    public void Judge(bool right)
    {
        if (Interlocked.Exchange(ref _learn, null) is { } learn && !(right && _isBrokenOff))
            learn(right, Spent);
    }

    /// <summary>Says that its work was broken off, by the node's timeout or with the run: it may yet be found wrong, but no more right.</summary>
    public void BreakOff() => _isBrokenOff = true;

    /// <summary>Says that nothing is to be learned from it.</summary>
    public void Drop() => Interlocked.Exchange(ref _learn, null);

    private Money Spent => _spent ?? _ledger.Snapshot().Spent.Usd - _before;
}
