using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>What a cascade has learned of its rungs from all tasks. Thread-safe.</summary>
internal sealed class RungRecords
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RungKey, RungRecord> _records = [];
    private readonly PolicyState<RungRecord> _state;

    /// <summary>Starts with what was written down before; where nothing was, with recorded outcomes: each rung with the tasks on which all
    /// rungs below it fail.</summary>
    /// <exception cref="ConfigurationException">The state file cannot be used.</exception>
    public RungRecords(IReadOnlyList<string> ladder, IEnumerable<OutcomeRow> outcomes, string? statePath)
    {
        _state = CascadeStateFile.Open(statePath);
        foreach (RungRecord record in _state.Read())
            _records[record.Key] = record;
        if (_records.Count > 0)
            return;
        foreach (OutcomeRow row in outcomes.InTurns())
            Learn(ladder, row);
    }

    /// <summary>Gets the rungs of which something is known.</summary>
    public IEnumerable<RungRecord> Known => _records.Values.Where(record => record.Visits + record.Verified > 0);

    /// <summary>Names a rung as it is known by: what the recorded outcomes called it, else its model.</summary>
    public string NameOf(string rung, string model)
    {
        lock (_lock)
            return _records.ContainsKey(new RungKey(rung, false)) ? rung : model;
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
        {
            if (Of(rung).MedianCost is { } median)
                return median;
            long visits = _records.Values.Sum(record => record.Visits);
            return call * Math.Max(1, visits == 0 ? 1 : (_records.Values.Sum(record => record.Calls) + visits / 2) / visits);
        }
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
            record.AddVisit(calls);
            if (passed is { } right)
                record.AddCheck(right);
            _state.Changed(Known);
        }
    }

    /// <summary>Writes down what was learned since it was last written.</summary>
    /// <exception cref="IOException">The state file cannot be written.</exception>
    public void Flush()
    {
        lock (_lock)
            _state.Flush(Known);
    }

    private void Learn(IReadOnlyList<string> ladder, OutcomeRow row)
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

    private RungRecord Of(RungKey rung)
    {
        if (!_records.TryGetValue(rung, out RungRecord? record))
            _records[rung] = record = new RungRecord(rung);
        return record;
    }
}
