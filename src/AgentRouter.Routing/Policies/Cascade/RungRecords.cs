using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>What a cascade has learned of its rungs from all tasks. Thread-safe.</summary>
internal sealed class RungRecords
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RungKey, RungRecord> _records = [];
    private long _visits, _calls;

    /// <summary>Starts with recorded outcomes: each rung with the tasks on which all rungs below it fail.</summary>
    public RungRecords(IReadOnlyList<string> ladder, OutcomeTable? outcomes)
    {
        foreach (OutcomeRow row in outcomes?.Rows ?? [])
        {
            foreach (string rung in ladder)
            {
                if (!row.Models.TryGetValue(rung, out ModelOutcome? outcome))
                    continue;
                RungRecord record = Of(new RungKey(rung, false));
                bool passed = outcome.Score >= Ceiling.Solved;
                record.AddCheck(passed);
                if (outcome.Cost is { } cost)
                    record.AddCost(cost);
                if (passed)
                    break;
            }
        }
    }

    /// <summary>Gets the probability that a visit of a rung is found right.</summary>
    public double Success(RungKey rung)
    {
        lock (_lock)
            return Of(rung).Success;
    }

    /// <summary>Gets what a visit of a rung costs in the middle; while too few are known, the price of the coming call times the calls
    /// that visits of any rung have taken.</summary>
    public Money TypicalCost(RungKey rung, Money call)
    {
        lock (_lock)
            return Of(rung).MedianCost ?? call * Math.Max(1, _visits == 0 ? 1 : (_calls + _visits / 2) / _visits);
    }

    /// <summary>Notes a visit that has ended.</summary>
    /// <param name="rung">The rung.</param>
    /// <param name="cost">What it cost.</param>
    /// <param name="calls">How many calls it took.</param>
    /// <param name="passed">What a check found, or <see langword="null"/> when nothing checked it.</param>
    public void Add(RungKey rung, Money cost, int calls, bool? passed)
    {
        lock (_lock)
        {
            RungRecord record = Of(rung);
            record.AddCost(cost);
            _visits++;
            _calls += calls;
            if (passed is { } right)
                record.AddCheck(right);
        }
    }

    private RungRecord Of(RungKey rung)
    {
        if (!_records.TryGetValue(rung, out RungRecord? record))
            _records[rung] = record = new RungRecord();
        return record;
    }
}
