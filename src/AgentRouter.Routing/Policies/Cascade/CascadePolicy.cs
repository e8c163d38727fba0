using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Routing.Agreement;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>The cheapest rung of a ladder first, and one rung up after each failed check.</summary>
/// <remarks>
/// A node's visit stays on its rung. A visit after a failed check starts one rung above the node's last one; the first visit of a node
/// starts as many rungs up as checks have failed in a row, so a node that repairs another's work begins above it; after a passed check a
/// node starts at the first rung again. A rung is started only if the median cost of its visits fits the money that is left, else the
/// highest rung below that fits is tried. The idea of FrugalGPT, L. Chen, M. Zaharia and J. Zou, 2023, with checks of the work in the
/// place of a learned scorer.
/// </remarks>
public sealed class CascadePolicy : IRoutingPolicy
{
    private readonly string[] _ladder;
    private readonly decimal? _successValue;
    private readonly RungRecords _records;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">The ladder and when to stop.</param>
    /// <exception cref="ArgumentException">A rung is empty or named twice, the value of a success is not above zero, the outcomes are of
    /// other models, or the agreement's options are out of range.</exception>
    /// <exception cref="Configuration.ConfigurationException">The state file is corrupt or of another kind.</exception>
    public CascadePolicy(CascadePolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _ladder = [.. options.Ladder];
        _successValue = options.SuccessValueUsd;
        _records = new RungRecords(_ladder, options.Outcomes?.Rows ?? [], options.StatePath);
        Agreement = options.Agreement;
    }

    /// <inheritdoc/>
    public string Name => CascadeDefaults.Name;

    /// <summary>Gets how agreement of cheap answers is used as a check, or <see langword="null"/> for not at all.</summary>
    public AgreementOptions? Agreement { get; }

    /// <inheritdoc/>
    public bool MayGiveUp => _successValue is not null;

    /// <inheritdoc/>
    public bool LearnsFromChecks => true;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        CascadeMemory memory = step.Memory.GetOrAdd(this, static () => new CascadeMemory());
        CascadeVisit? last = memory.Find(step);
        if (last is not null && last.Holds(step) && Find(candidates, last.Rung) is { } same)
            return new(Choice(same, last.Key, last.Reason));
        return new(last is not null && last.Holds(step) ? Stand(last, candidates) : Begin(step, candidates, memory, last));
    }

    /// <inheritdoc/>
    public void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(outcome);
        CascadeMemory memory = decision.Step.Memory.GetOrAdd(this, static () => new CascadeMemory());
        if (outcome.Failure is not null || memory.Find(decision.Step) is not { } visit)
            return;
        if (outcome.Verified is null)
            memory.AddCall(visit, outcome.Cost);
        else
            LearnFrom(memory, visit, outcome.Verified, outcome.IsRepeated);
    }

    /// <inheritdoc/>
    public void Flush() => _records.Flush();

    private PolicyChoice Begin(StepContext step, IReadOnlyList<Candidate> candidates, CascadeMemory memory, CascadeVisit? last)
    {
        if (last is not null)
            LearnFrom(memory, last, null, step.IsRepeated);
        IReadOnlyList<string> ladder = Ladder(candidates);
        int target = last?.NextTarget(step.Features) ?? step.Features.ChecksFailedInARow;
        Rung[] open = Open(ladder, candidates, target);
        if (open.Length == 0)
            return TierChoice.Smallest(candidates, "no rung of the ladder can take the step");

        Rung[] upward = Array.FindAll(open, rung => rung.Place >= target);
        if (upward.Length == 0)
            upward = [open[^1]];
        Money left = step.Ledger.Available(step.Purpose).Usd;
        Rung[] affordable = Array.FindAll(upward, rung => rung.Cost <= left);
        bool weighs = _successValue is not null && target > 0 && step.Purpose == SpendPurpose.Work;
        int chosen = Array.FindIndex(affordable, rung => !weighs || rung.UsdPerSuccess <= (double)_successValue!.Value);
        if (chosen < 0 && affordable.Length > 0)
            return GiveUp(affordable, step.Features.ChecksFailedInARow);

        Rung rung = chosen >= 0
            ? affordable[chosen]
            : Array.FindLast(open, lower => lower.Place < upward[0].Place && lower.Cost <= left) ?? open[0];
        string reason = Reason(rung, ladder.Count, step.Features.ChecksFailedInARow, chosen >= 0 ? null : upward[0], left);
        int reached = Math.Max(target, chosen >= 0 ? rung.Place : upward[0].Place);
        memory.Begin(step, new CascadeVisit(step.Identity.Visit, step.Features, reached, rung.Place, rung.Name, rung.Key, reason));
        return Choice(rung.Candidate, rung.Key, reason);
    }

    // the visit's rung cannot take this one step: the nearest one above, else below
    private PolicyChoice Stand(CascadeVisit visit, IReadOnlyList<Candidate> candidates)
    {
        Rung[] open = Open(Ladder(candidates), candidates, visit.Target);
        Rung? nearest = Array.Find(open, rung => rung.Place > visit.Place) ?? open.LastOrDefault();
        return nearest is null
            ? TierChoice.Smallest(candidates, "no rung of the ladder can take the step")
            : Choice(nearest.Candidate, nearest.Key, $"{visit.Reason}; '{visit.Rung}' cannot take this step");
    }

    private PolicyChoice GiveUp(Rung[] rungs, int failed)
    {
        Rung best = rungs.MinBy(rung => rung.UsdPerSuccess)!;
        string reason = string.Create(CultureInfo.InvariantCulture,
            $"after {Times(failed)}, a success costs about ${best.UsdPerSuccess:0.00##} with '{best.Name}' and is worth ${_successValue:0.00##}");
        return Choice(best.Candidate, best.Key, reason) with { GivesUp = true };
    }

    private PolicyChoice Choice(Candidate candidate, RungKey rung, string reason)
    {
        candidate.PredictedSuccess = _records.Success(rung);
        return new PolicyChoice(candidate, reason);
    }

    private void LearnFrom(CascadeMemory memory, CascadeVisit visit, bool? passed, bool isRepeated)
    {
        if (memory.TryLearn(visit, out Money cost, out int calls) && !isRepeated)
            _records.Add(visit.Key, cost, calls, passed);
    }

    private IReadOnlyList<string> Ladder(IReadOnlyList<Candidate> candidates) => _ladder.Length > 0 ? _ladder : candidates[0].Model.Tiers;

    private Rung[] Open(IReadOnlyList<string> ladder, IReadOnlyList<Candidate> candidates, int target)
    {
        var open = new List<Rung>(ladder.Count);
        for (int place = 0; place < ladder.Count; place++)
        {
            if (Find(candidates, ladder[place]) is not { } candidate)
                continue;
            var key = new RungKey(_records.NameOf(ladder[place], candidate.Model.Profile.Name), IsAgain: place < target);
            open.Add(new Rung(place, ladder[place], key, candidate, _records.TypicalCost(key, candidate.ExpectedCost), _records.Success(key)));
        }

        return [.. open];
    }

    private static Candidate? Find(IReadOnlyList<Candidate> candidates, string rung)
    {
        Candidate? ofTier = null;
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Model.Profile.Name == rung)
                return candidates[i];
            if (ofTier is null && candidates[i].Model.Profile.Tier == rung)
                ofTier = candidates[i];
        }

        return ofTier;
    }

    private static string Reason(Rung rung, int rungs, int failed, Rung? wanted, Money left)
    {
        string reason = $"rung {rung.Place + 1} of {rungs}";
        if (failed > 0)
            reason += $" after {Times(failed)}";
        return wanted is null ? reason : $"{reason}; '{wanted.Name}' costs about {wanted.Cost} and {left} are left";
    }

    private static string Times(int failed) => failed == 1 ? "a failed check" : $"{failed} failed checks";

    /// <summary>A rung whose model can take the step.</summary>
    private sealed record Rung(int Place, string Name, RungKey Key, Candidate Candidate, Money Cost, double Success)
    {
        public double UsdPerSuccess => (double)Cost.ToUsd() / Success;
    }
}
