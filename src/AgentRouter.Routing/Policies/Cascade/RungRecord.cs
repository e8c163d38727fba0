using AgentRouter.Pricing;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>What visits of one rung cost and how often they were found right.</summary>
internal sealed class RungRecord
{
    private readonly Queue<Money> _costs = new();
    private long _passed, _verified;

    /// <summary>Gets the probability that a visit is found right, drawn towards the assumption while little is known.</summary>
    public double Success =>
        (_passed + CascadeDefaults.PriorWeight * CascadeDefaults.PriorSuccess) / (_verified + CascadeDefaults.PriorWeight);

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

    public void AddCost(Money cost)
    {
        if (_costs.Count == CascadeDefaults.KeptCosts)
            _costs.Dequeue();
        _costs.Enqueue(cost);
    }

    public void AddCheck(bool passed)
    {
        _verified++;
        if (passed)
            _passed++;
    }
}
