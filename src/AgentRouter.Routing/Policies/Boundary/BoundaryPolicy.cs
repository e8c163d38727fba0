using System.Globalization;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>Plans the money that is left over the steps that are still to come, and takes the model with which the task is most
/// likely to succeed.</summary>
/// <remarks>
/// It has learned from recorded outcomes of each model on the same steps: how often each does a class of steps right, also after
/// another one failed, what that costs, and how likely a task ends after each step. From this a table gives the value of every step
/// and budget; a model is worth p(right) · V(next step, budget left) and, where work is verified, what trying another model is worth
/// when it was wrong. The price of a dollar is the difference of two values and not one number for the whole task. Cost now is what
/// the candidate is expected to cost with its prompt cache as it is. After budget-aware routing by boundary-guided training (2026);
/// the budget, the cache and verification in the state, and ladders of more than two models, go beyond it.
/// </remarks>
public sealed class BoundaryPolicy : IRoutingPolicy
{
    private readonly BoundaryModel _model;
    private readonly double _lambda;
    private readonly bool _isRich;
    private Scaled? _scaled;
    private Solved? _solved;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">The policy file and what a success is worth; read once.</param>
    /// <exception cref="Configuration.ConfigurationException">The policy file cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public BoundaryPolicy(BoundaryPolicyOptions options)
        : this(BoundaryPolicyFile.Load(options.Validate()), options)
    {
    }

    internal BoundaryPolicy(BoundaryModel model, BoundaryPolicyOptions options)
    {
        _model = model;
        _lambda = options.Validate().SuccessValueUsd is { } value ? 1 / (double)value : 0;
        _isRich = _lambda == 0;
    }

    /// <inheritdoc/>
    public string Name => BoundaryDefaults.Name;

    /// <inheritdoc/>
    public bool MayGiveUp => !_isRich;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        BoundaryMemory memory = step.Memory.GetOrAdd(this, static () => new BoundaryMemory());
        BoundaryPlace place = memory.Enter(step);
        return new(Choose(step, candidates, memory, place));
    }

    private PolicyChoice Choose(StepContext step, IReadOnlyList<Candidate> candidates, BoundaryMemory memory, in BoundaryPlace place)
    {
        int rungs = _model.Rungs.Count;
        Span<int> at = stackalloc int[rungs];
        BoundaryLadder.Match(_model.Rungs, candidates, at);
        int stepClass = place.Class >= 0 ? place.Class : BoundaryClasses.Find(_model, step);
        BoundaryClass of = _model.Classes[stepClass];
        double[] scale = ScaleFor(candidates, at);
        double unit = BoundaryLadder.Unit(of, scale, _model.Rungs, candidates, at);
        BoundaryTable table = TableFor(scale, unit);
        double budget = BudgetOf(step) / unit;
        // every model has failed here: models are not the same twice, so the most capable one tries again
        int failed = place.Failed == (1 << rungs) - 1 ? place.Failed & ~(1 << (rungs - 1)) : place.Failed;
        Span<double> costs = stackalloc double[rungs];
        (int best, double most) = (-1, double.NegativeInfinity);
        for (int rung = 0; rung < rungs; rung++)
        {
            if (at[rung] < 0)
                continue;
            Candidate candidate = candidates[at[rung]];
            // what the rest of the visit cost in training, less what the prompt cache saves now
            double left = Math.Max(1, of.Calls[rung] - step.Features.CallInVisit + 1) / Math.Max(1, of.Calls[rung]);
            double saved = (double)(candidate.ExpectedFreshCost - candidate.ExpectedCost).ToUsd() / unit;
            costs[rung] = Math.Max(0, of.MeanCost(rung) * scale[rung] * left - saved);
            candidate.PredictedSuccess = of.Success(rung, failed & ~(1 << rung));
            if ((failed >> rung & 1) != 0 || costs[rung] > budget)
                continue;
            double value = table.Take(place.Step, budget, stepClass, failed, rung, costs[rung]);
            if (value > most + 1e-9)
                (best, most) = (rung, value);
        }

        if (place.Rung >= 0 && at[place.Rung] >= 0 && costs[place.Rung] <= budget)
            return new PolicyChoice(candidates[at[place.Rung]], "same visit, same model");
        if (best >= 0 && (_isRich || most > 0))
        {
            memory.Take(step, best, stepClass);
            return new PolicyChoice(candidates[at[best]], Explain(place, of, failed, best, most, table, budget, costs[best], unit));
        }

        if (!_isRich && place.Rung < 0)
            return new PolicyChoice(candidates[0], string.Create(CultureInfo.InvariantCulture, $"no model is worth its price at step {place.Step}: success is too unlikely")) { GivesUp = true };
        // nothing is expected to fit; the ledger decides what still does
        return TierChoice.Smallest(candidates, "the money left pays for no model's expected cost");
    }

    private static string Explain(in BoundaryPlace place, BoundaryClass of, int failed, int rung, double value, BoundaryTable table, double budget, double cost, double unit)
    {
        double price = (table.Value(place.Step + 1, budget) - table.Value(place.Step + 1, budget - cost)) / Math.Max(cost * unit, 1e-12);
        string after = failed == 0 ? "" : " after a failed check";
        // with money enough a cent more changes nothing
        string worth = price < 0.05 ? "" : string.Create(CultureInfo.InvariantCulture, $", a cent is worth {price:0.0} %");
        return string.Create(CultureInfo.InvariantCulture, $"step {place.Step}{after}: right {of.Success(rung, failed & ~(1 << rung)):P0}, task {value:P0}{worth}");
    }

    private static double BudgetOf(StepContext step)
    {
        Money free = step.Ledger.Available(step.Purpose).Usd;
        return free == Money.MaxValue ? double.MaxValue : (double)free.ToUsd();
    }

    // the prices of a model set do not change; another set, after a fallback or with other tiers, is scaled anew
    private double[] ScaleFor(IReadOnlyList<Candidate> candidates, ReadOnlySpan<int> at)
    {
        Scaled? scaled = Volatile.Read(ref _scaled);
        if (scaled is null || !scaled.Fits(candidates, at))
            Volatile.Write(ref _scaled, scaled = Scaled.Of(_model, candidates, at));
        return scaled.Scale;
    }

    // what a dollar is worth matters only where successes have a price; then it is solved anew when it has about doubled
    private BoundaryTable TableFor(double[] scale, double unit)
    {
        double worth = _isRich ? 0 : _lambda * Math.Pow(2, Math.Round(Math.Log2(unit)));
        Solved? solved = Volatile.Read(ref _solved);
        if (solved is null || !ReferenceEquals(solved.Scale, scale) || solved.Worth != worth)
            Volatile.Write(ref _solved, solved = new Solved(scale, worth, new BoundaryTable(_model, scale, worth)));
        return solved.Table;
    }

    private sealed record Solved(double[] Scale, double Worth, BoundaryTable Table);

    private sealed record Scaled(double[] Scale, string?[] Models)
    {
        public static Scaled Of(BoundaryModel model, IReadOnlyList<Candidate> candidates, ReadOnlySpan<int> at)
        {
            var names = new string?[at.Length];
            for (int rung = 0; rung < at.Length; rung++)
                names[rung] = at[rung] < 0 ? null : candidates[at[rung]].Model.Profile.Name;
            return new Scaled(BoundaryLadder.Scale(model.Rungs, candidates, at), names);
        }

        public bool Fits(IReadOnlyList<Candidate> candidates, ReadOnlySpan<int> at)
        {
            for (int rung = 0; rung < at.Length; rung++)
            {
                if (Models[rung] != (at[rung] < 0 ? null : candidates[at[rung]].Model.Profile.Name))
                    return false;
            }

            return true;
        }
    }
}
