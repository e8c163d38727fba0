using AgentRouter.Pricing;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>What visits of one rung cost and how often they were found right.</summary>
internal sealed class RungRecord(RungKey key)
{
    private readonly Queue<Money> _costs = new();

    /// <summary>Gets the rung.</summary>
    public RungKey Key => key;

    /// <summary>Gets the costs of the last visits, the oldest first.</summary>
    public IReadOnlyCollection<Money> Costs => _costs;

    /// <summary>Gets how many visits were found right.</summary>
    public long Passed { get; private set; }

    /// <summary>Gets how many visits were checked.</summary>
    public long Verified { get; private set; }

    /// <summary>Gets how many visits were made by the policy.</summary>
    public long Visits { get; private set; }

    /// <summary>Gets the calls of these visits.</summary>
    public long Calls { get; private set; }

    /// <summary>Gets the probability that a visit is found right, drawn towards the assumption while little is known.</summary>
    public double Success =>
        (Passed + CascadeDefaults.PriorWeight * CascadeDefaults.PriorSuccess) / (Verified + CascadeDefaults.PriorWeight);

    /// <summary>Gets the median cost of the last visits, or <see langword="null"/> while there are too few.</summary>
    public Money? MedianCost
    {
        get
        {
            if (_costs.Count < CascadeDefaults.TrustedCosts)
                return null;
            Money[] sorted = [.. _costs.Order()];
            return Money.FromPicodollars((sorted[(sorted.Length - 1) / 2].Picodollars + sorted[sorted.Length / 2].Picodollars) / 2);
        }
    }

    /// <summary>Makes the record that was written down before.</summary>
    public static RungRecord Restore(RungKey key, IEnumerable<Money> costs, long passed, long verified, long visits, long calls)
    {
        var record = new RungRecord(key) { Passed = passed, Verified = verified, Visits = visits, Calls = calls };
        foreach (Money cost in costs)
            record.AddCost(cost);
        return record;
    }

    public void AddCost(Money cost)
    {
        if (_costs.Count == CascadeDefaults.KeptCosts)
            _costs.Dequeue();
        _costs.Enqueue(cost);
    }

    public void AddCheck(bool passed)
    {
        // old checks fade: a state lives longer than models and work stay the same
        if (Verified == CascadeDefaults.KeptChecks)
            (Passed, Verified) = (Passed / 2, Verified / 2);
        Verified++;
        if (passed)
            Passed++;
    }

    public void AddVisit(int calls)
    {
        Visits++;
        Calls += calls;
    }
}
