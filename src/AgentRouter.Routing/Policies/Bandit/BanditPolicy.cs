using System.Globalization;
using System.Runtime.CompilerServices;
using AgentRouter.Configuration;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.PolicyFiles;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Learns from verified work, while it runs, which model is worth its price at which kind of step.</summary>
/// <remarks>
/// <para>LinUCB (L. Li, W. Chu, J. Langford, R. E. Schapire, 2010) over the step's group and source: a model is taken when its expected
/// success, plus what may be hidden in what is unknown, minus its cost in shares of what right work is worth, is the highest. Nothing is random.</para>
/// <para>It decides once a visit of a node, outside a workflow once a task and agent, and stays with the model until the visit ends: the
/// work of a visit is verified as one, and its prompt cache is kept. A visit in which a call failed, a rule overruled the policy or the
/// model changed teaches nothing, because its outcome is not one model's.</para>
/// <para>Thread-safe. The same decisions follow from the same sequence of calls.</para>
/// </remarks>
public sealed class BanditPolicy : IRoutingPolicy
{
    private readonly Lock _lock = new();
    private readonly BanditMemory _memory = new();
    private readonly ConditionalWeakTable<StepIdentity, Visit> _visits = [];
    private readonly double _value, _exploration;
    private readonly PolicyState<VerifiedStep> _state;

    /// <summary>Makes the policy; what it has learned before is read from its state file.</summary>
    /// <param name="options">What right work is worth, and where the state is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ConfigurationException">The state file is corrupt or of another kind.</exception>
    public BanditPolicy(BanditPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _value = (double)options.SuccessValueUsd;
        _exploration = options.Exploration;
        _state = BanditStateFile.Open(options.StatePath);
        foreach (VerifiedStep step in _state.Read())
            _memory.Remember(step);
    }

    /// <inheritdoc/>
    public string Name => BanditDefaults.Name;

    /// <inheritdoc/>
    public bool LearnsFromChecks => true;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        lock (_lock)
        {
            if (!_visits.TryGetValue(step.Identity, out Visit? visit))
            {
                visit = new Visit(BanditFeatures.Of(step));
                _visits.Add(step.Identity, visit);
            }
            else if (candidates.FirstOrDefault(candidate => candidate.Model.Profile.Name == visit.Model) is { } same)
            {
                return new(new PolicyChoice(same, "stays with the visit's model"));
            }

            Candidate best = Best(candidates, visit.Features);
            visit.Take(best.Model.Profile.Name);
            return new(new PolicyChoice(best, Reason(best.Model.Profile.Name, visit.Features)));
        }
    }

    /// <inheritdoc/>
    public void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(outcome);
        lock (_lock)
        {
            if (!_visits.TryGetValue(step, out Visit? visit))
                return;
            if (outcome.Verified is not { } passed)
                visit.Add((double)outcome.Cost.ToUsd(), isMixed: outcome.Failure is not null || decision.Chosen.Model.Profile.Name != visit.Model);
            else if (visit.End() && !outcome.IsRepeated)
                Remember(new VerifiedStep(visit.Model!, visit.Features, passed ? 1 : 0, visit.Usd));
        }
    }

    /// <summary>Learns from recorded outcomes before the first task: a row teaches what each of its models makes of the row's group and role.</summary>
    /// <param name="table">The table. A row is for a node where its group is <see cref="OutcomeRow.GroupOfNode"/>, as in exported runs; for an
    /// agent outside a workflow where it is the agent's name.</param>
    public void WarmUp(OutcomeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        lock (_lock)
        {
            VerifiedStep[] steps = [.. BanditWarmUp.Of(table.Rows)];
            foreach (VerifiedStep step in steps)
                _memory.Remember(step);
            _state.Changed(_memory.Steps, steps.Length);
        }
    }

    /// <summary>Writes down what was learned since it was last written.</summary>
    /// <exception cref="IOException">The state file cannot be written.</exception>
    public void Flush()
    {
        lock (_lock)
            _state.Flush(_memory.Steps);
    }

    private Candidate Best(IReadOnlyList<Candidate> candidates, IReadOnlyList<string> features)
    {
        Candidate best = candidates[0];
        double highest = double.NegativeInfinity;
        foreach (Candidate candidate in candidates)
        {
            BanditEstimate estimate = _memory.Estimate(candidate.Model.Profile.Name, features);
            candidate.PredictedSuccess = Math.Clamp(estimate.Success, 0, 1);
            // a call of a model that is new has a price too
            double usd = Math.Max(estimate.Usd, (double)candidate.ExpectedCost.ToUsd());
            double bound = estimate.Success + _exploration * estimate.Width - usd / _value;
            if (bound > highest)
                (best, highest) = (candidate, bound);
        }

        return best;
    }

    private string Reason(string model, IReadOnlyList<string> features)
    {
        (int right, int steps) = _memory.Similar(model, features);
        return steps == 0
            ? $"{model} has not been tried on such steps"
            : string.Create(CultureInfo.InvariantCulture, $"{right} of {steps} similar steps were right with {model}");
    }

    private void Remember(VerifiedStep step)
    {
        _memory.Remember(step);
        _state.Changed(_memory.Steps);
    }

    /// <summary>A node's visit: the model that was chosen for it and what it has cost.</summary>
    private sealed class Visit(IReadOnlyList<string> features)
    {
        private bool _isMixed, _hasEnded;

        public IReadOnlyList<string> Features => features;

        public string? Model { get; private set; }

        public double Usd { get; private set; }

        public void Take(string model)
        {
            _isMixed |= Model is not null;
            Model = model;
        }

        public void Add(double usd, bool isMixed)
        {
            Usd += usd;
            _isMixed |= isMixed;
        }

        /// <summary>Ends the visit; true when it teaches something, which is once at most.</summary>
        public bool End()
        {
            bool teaches = !_hasEnded && !_isMixed;
            _hasEnded = true;
            return teaches;
        }
    }
}
