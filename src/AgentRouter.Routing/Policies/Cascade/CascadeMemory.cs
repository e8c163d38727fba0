using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>What a cascade remembers of one task: the last visit of each node. Thread-safe.</summary>
/// <remarks>Branches with a grant have a ledger of their own and are verified on their own, so they count on their own here too.</remarks>
internal sealed class CascadeMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(BudgetLedger Branch, string? Node), CascadeVisit> _visits = [];

    public CascadeVisit? Find(StepContext step)
    {
        lock (_lock)
            return _visits.GetValueOrDefault((step.Ledger, step.Identity.Node));
    }

    public void Begin(StepContext step, CascadeVisit visit)
    {
        lock (_lock)
            _visits[(step.Ledger, step.Identity.Node)] = visit;
    }

    public void AddCall(CascadeVisit visit, Money cost)
    {
        lock (_lock)
            visit.AddCall(cost);
    }

    /// <summary>Gets whether a visit's calls are still to be learned from, and marks them as learned.</summary>
    public bool TryLearn(CascadeVisit visit, out Money cost, out int calls)
    {
        lock (_lock)
        {
            (cost, calls) = (visit.Cost, visit.Calls);
            if (visit.IsLearned || calls == 0)
                return false;
            return visit.IsLearned = true;
        }
    }
}
