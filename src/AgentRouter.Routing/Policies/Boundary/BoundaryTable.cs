using AgentRouter.Routing.Policies.Boundary.Model;

namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>The value of being at a step with some money left: the probability that the task still succeeds when every choice from
/// here on is the best one. Solved by backward recursion over steps and budgets.</summary>
/// <remarks>
/// V(t, b) = Σ over classes z of share(z) · U(t, b, z, ∅), where U(t, b, z, F) is the best of stopping (0) and each rung m outside F
/// whose cost c fits: p(m right | F failed) · (h(t) + (1 - h(t)) · V(t + 1, b - c)) + p(wrong) · U(t, b - c, z, F ∪ m) - λ · c; a
/// step that is not verified ends there when it is wrong. h is the hazard of the task ending after a step; λ is one over the value of
/// a success. One table serves every budget up to the largest. After budget-aware routing by boundary-guided training (2026).
/// </remarks>
internal sealed class BoundaryTable
{
    /// <summary>The most budgets in the grid.</summary>
    public const int MaxBuckets = 2_048;

    // a cheap step takes at least this many buckets, so that nothing is lost by rounding
    private const int BucketsPerCheapStep = 4;

    private readonly BoundaryModel _model;
    private readonly double[] _scale;
    private readonly double _lambda;
    private readonly double _bucket;
    private readonly int _buckets;
    private readonly int _sets;

    // V by step and bucket; U by class, set and bucket is kept for the steps it is asked for
    private readonly double[][] _values;

    /// <summary>Solves the table.</summary>
    /// <param name="model">What was learned.</param>
    /// <param name="scale">What each rung costs now, over what it cost in training; <see langword="null"/> for the same.</param>
    /// <param name="lambda">What a dollar is worth in successes; 0 counts successes only.</param>
    public BoundaryTable(BoundaryModel model, IReadOnlyList<double>? scale = null, double lambda = 0)
    {
        _model = model;
        _lambda = lambda;
        _scale = scale is null ? [.. model.Rungs.Select(_ => 1.0)] : [.. scale];
        _sets = 1 << model.Rungs.Count;
        double cheapest = double.MaxValue, richest = 0;
        foreach (BoundaryClass step in model.Classes)
        {
            double all = 0;
            for (int rung = 0; rung < model.Rungs.Count; rung++)
            {
                double least = step.Costs[rung][0] * _scale[rung], most = step.Costs[rung][^1] * _scale[rung];
                if (least > 0)
                    cheapest = Math.Min(cheapest, least);
                all = model.IsVerified ? all + most : Math.Max(all, most);
            }

            richest = Math.Max(richest, all);
        }

        MaxBudget = richest * model.Hazard.Count;
        if (MaxBudget <= 0)
            (MaxBudget, cheapest) = (1, 1);
        _bucket = Math.Max(cheapest / BucketsPerCheapStep, MaxBudget / (MaxBuckets - 1));
        _buckets = (int)Math.Ceiling(MaxBudget / _bucket) + 1;
        _values = Solve();
    }

    /// <summary>Gets the budget above which more money changes nothing, in USD.</summary>
    public double MaxBudget { get; }

    /// <summary>Gets the value of being before a step, its class not yet seen.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="budget">The money left, in USD.</param>
    public double Value(int step, double budget) => step > _model.Hazard.Count ? Value(_model.Hazard.Count, budget) : At(_values[step - 1], budget);

    /// <summary>Gets the value of taking a rung now.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="budget">The money left, in USD.</param>
    /// <param name="stepClass">The step's class.</param>
    /// <param name="failed">The rungs that have failed at the step, as bits.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="cost">What it is expected to cost now, in USD; <see langword="null"/> for what it cost in training.</param>
    /// <returns>The probability that the task succeeds, less what the spending is worth; 0 or less where stopping is as good.</returns>
    public double Take(int step, double budget, int stepClass, int failed, int rung, double? cost = null)
    {
        BoundaryClass of = _model.Classes[stepClass];
        double right = of.Success(rung, failed);
        if (cost is { } known)
            return Branch(step, budget, stepClass, failed, rung, right, known);
        IReadOnlyList<double> costs = of.Costs[rung];
        double sum = 0;
        for (int i = 0; i < costs.Count; i++)
            sum += Branch(step, budget, stepClass, failed, rung, right, costs[i] * _scale[rung]);
        return sum / costs.Count;
    }

    /// <summary>Finds the best rung.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="budget">The money left, in USD.</param>
    /// <param name="stepClass">The step's class.</param>
    /// <param name="failed">The rungs that have failed at the step, as bits.</param>
    /// <returns>The rung, or -1 where stopping is as good as any, and its value.</returns>
    public (int Rung, double Value) Best(int step, double budget, int stepClass, int failed)
    {
        // where money is worth nothing, a try that is likely to fail is still better than none
        (int rung, double value) = (-1, _lambda > 0 ? 0 : -1);
        for (int i = 0; i < _model.Rungs.Count; i++)
        {
            if ((failed >> i & 1) != 0 || _model.Classes[stepClass].Costs[i][0] * _scale[i] > budget + 1e-9 * _bucket)
                continue;
            double take = Take(step, budget, stepClass, failed, i);
            // on a tie the cheaper one
            if (take > value + 1e-12)
                (rung, value) = (i, take);
        }

        return (rung, Math.Max(0, value));
    }

    private double Branch(int step, double budget, int stepClass, int failed, int rung, double right, double cost)
    {
        double left = budget - cost;
        if (left < -1e-9 * _bucket)
            return -_lambda * budget;
        double ends = _model.Hazard[Math.Min(step, _model.Hazard.Count) - 1];
        double on = ends >= 1 ? 1 : ends + (1 - ends) * Value(step + 1, left);
        double value = right * on - _lambda * cost;
        if (_model.IsVerified && right < 1)
            value += (1 - right) * Best(step, left, stepClass, failed | 1 << rung).Value;
        return value;
    }

    private double[][] Solve()
    {
        int steps = _model.Hazard.Count, classes = _model.Classes.Count, rungs = _model.Rungs.Count;
        var values = new double[steps][];
        var best = new double[_sets][];
        for (int set = 0; set < _sets; set++)
            best[set] = new double[_buckets];
        double[] after = new double[_buckets];
        for (int step = steps; step >= 1; step--)
        {
            double ends = step == steps ? 1 : _model.Hazard[step - 1];
            double[] value = values[step - 1] = new double[_buckets];
            double[] next = step == steps ? after : values[step];
            for (int z = 0; z < classes; z++)
            {
                // larger sets first: a failed rung leads to a set with one more
                for (int failed = _sets - 1; failed >= 0; failed--)
                    SolveSet(best, next, z, failed, rungs, ends);
                double share = _model.Classes[z].Share;
                for (int b = 0; b < _buckets; b++)
                    value[b] += share * best[0][b];
            }
        }

        return values;
    }

    private void SolveSet(double[][] best, double[] next, int z, int failed, int rungs, double ends)
    {
        double[] into = best[failed];
        Array.Clear(into);
        if (failed != 0 && !_model.IsVerified)
            return;
        BoundaryClass of = _model.Classes[z];
        var taken = new double[_buckets];
        for (int rung = 0; rung < rungs; rung++)
        {
            if ((failed >> rung & 1) != 0)
                continue;
            Array.Clear(taken);
            double right = of.Success(rung, failed);
            double[] again = best[failed | 1 << rung];
            IReadOnlyList<double> costs = of.Costs[rung];
            double weight = 1.0 / costs.Count;
            foreach (double recorded in costs)
            {
                double cost = recorded * _scale[rung];
                for (int b = 0; b < _buckets; b++)
                {
                    double budget = b * _bucket, left = budget - cost;
                    if (left < -1e-9 * _bucket)
                    {
                        taken[b] -= weight * _lambda * budget;
                        continue;
                    }

                    double on = ends >= 1 ? 1 : ends + (1 - ends) * At(next, left);
                    double value = right * on - _lambda * cost;
                    if (_model.IsVerified)
                        value += (1 - right) * At(again, left);
                    taken[b] += weight * value;
                }
            }

            for (int b = 0; b < _buckets; b++)
                into[b] = Math.Max(into[b], taken[b]);
        }
    }

    // between two budgets of the grid the value is between theirs
    private double At(double[] values, double budget)
    {
        if (budget >= MaxBudget)
            return values[^1];
        double at = Math.Max(0, budget) / _bucket;
        int below = Math.Min((int)(at + 1e-9), _buckets - 2);
        double part = Math.Max(0, at - below);
        return values[below] + part * (values[below + 1] - values[below]);
    }
}
