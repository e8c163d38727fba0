using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Chooses the next model by recorded outcomes of other tasks: each is one way in which this task may turn out.</summary>
/// <remarks>
/// Every recorded task is a particle with a weight. A rejected run makes particles on which that model is right less likely, in the
/// proportion in which the verifier rejects right and wrong results. The plan looks two runs ahead: it takes the run whose gain in
/// expected success, less its cost at what a success is worth, is largest together with the best second run, and stops when no run is worth its price.
/// No order of models has to be designed.
/// </remarks>
internal sealed class ParticleCapPolicy : ICapPolicy
{
    /// <summary>The weight of a model's mean beside a recorded outcome: one recorded run is a noisy sign of what another would do.</summary>
    public const double Smoothing = 0.15;

    /// <summary>How much the tasks of the same group weigh beyond all others, together.</summary>
    public const double GroupWeight = 0.3;

    /// <summary>The size below which a group's weight shrinks.</summary>
    public const int SmallGroup = 10;

    private readonly CapTable _train;
    private readonly List<int> _models;
    private readonly CapVerifier _verifier;
    private readonly double _successValue;
    private readonly double _checkUsd;
    private readonly double[][] _right, _cost, _rejected, _still;

    /// <summary>Makes the policy.</summary>
    /// <param name="train">The recorded outcomes; the tasks that the policy is measured on are not among them.</param>
    /// <param name="models">The models it chooses from.</param>
    /// <param name="verifier">What the policy believes of the verifier.</param>
    /// <param name="successValue">What a success is worth, in USD.</param>
    /// <param name="checkCost">What a check costs.</param>
    public ParticleCapPolicy(CapTable train, IReadOnlyList<int> models, CapVerifier verifier, double successValue, Money checkCost)
    {
        _train = train;
        _models = [.. models];
        _verifier = verifier;
        _successValue = successValue;
        _checkUsd = (double)checkCost.ToUsd();
        _right = [.. models.Select(model => Smooth(train, model))];
        _cost = [.. models.Select(model => Enumerable.Range(0, train.Rows).Select(row => (double)train.Cost(row, model).ToUsd()).ToArray())];
        _rejected = [.. _right.Select(runs => runs.Select(right => right * verifier.FalseReject + (1 - right) * (1 - verifier.FalseAccept)).ToArray())];
        _still = [.. _right.Zip(_rejected, (right, rejected) => right.Zip(rejected, (r, all) => all > 0 ? r * verifier.FalseReject / all : 0).ToArray())];
    }

    /// <inheritdoc/>
    public CapPlan Begin(CapTable table, int row) => new Plan(this, table.Groups[row]);

    private static double[] Smooth(CapTable train, int model)
    {
        double[] solved = [.. Enumerable.Range(0, train.Rows).Select(row => train.Solved(row, model) ? 1.0 : 0)];
        double mean = solved.Average();
        return [.. solved.Select(right => (1 - Smoothing) * right + Smoothing * mean)];
    }

    private double[] Weights(string group)
    {
        int same = _train.Groups.Count(other => other == group);
        double more = same == 0 || group.Length == 0 ? 0 : GroupWeight * _train.Rows / Math.Max(SmallGroup, same);
        double sum = _train.Rows + more * same;
        return [.. _train.Groups.Select(other => (other == group ? 1 + more : 1) / sum)];
    }

    private sealed class Plan : CapPlan
    {
        private readonly ParticleCapPolicy _policy;
        private readonly double[] _weights;
        private readonly List<int> _completed = [];
        private double[]? _after;

        public Plan(ParticleCapPolicy policy, string group)
        {
            _policy = policy;
            _weights = policy.Weights(group);
        }

        public override int? Next(Money left)
        {
            double usd = left == CapReplay.NoCap ? double.PositiveInfinity : (double)left.ToUsd();
            int? best = null;
            double bestValue = 0;
            for (int model = 0; model < _policy._right.Length; model++)
            {
                if (_completed.Contains(model))
                    continue;
                double value = TwoRuns(model, usd);
                if (value > bestValue)
                    (best, bestValue) = (model, value);
            }

            return best is { } chosen ? _policy._models[chosen] : null;
        }

        public override bool Verifies(Money left) => true;

        public override void Rejected(int model)
        {
            int place = _policy._models.IndexOf(model);
            _completed.Add(place);
            double sum = 0;
            for (int i = 0; i < _weights.Length; i++)
                sum += _weights[i] *= _policy._rejected[place][i];
            for (int i = 0; i < _weights.Length; i++)
                _weights[i] /= sum;
        }

        public override int? Deliver()
        {
            int? best = null;
            double bestRight = -1;
            foreach (int model in _completed)
            {
                double right = 0;
                for (int i = 0; i < _weights.Length; i++)
                    right += _weights[i] * _policy._still[model][i];
                if (right > bestRight)
                    (best, bestRight) = (model, right);
            }

            return best is { } place ? _policy._models[place] : null;
        }

        private double TwoRuns(int first, double left)
        {
            double value = OneRun(first, left, _weights, null);
            double second = 0;
            var after = new double[_weights.Length];
            for (int i = 0; i < after.Length; i++)
                after[i] = _policy._cost[first][i] <= left ? _weights[i] * _policy._rejected[first][i] : 0;
            for (int model = 0; model < _policy._right.Length; model++)
            {
                if (model != first && !_completed.Contains(model))
                    second = Math.Max(second, OneRun(model, left, after, first));
            }

            return value + second;
        }

        // What a run adds to the expected success, less what it costs. Weights need not sum to one: what they lack is the probability
        // that the run is not reached. A run before it, where there is one, has used up a part of what is left.
        private double OneRun(int model, double left, double[] weights, int? before)
        {
            double[] right = _policy._right[model], rejected = _policy._rejected[model], costs = _policy._cost[model];
            double[]? earlier = before is { } first ? _policy._cost[first] : null;
            double accepted = 0, usd = 0, unverified = 0;
            double[] after = _after ??= new double[weights.Length];
            for (int i = 0; i < after.Length; i++)
            {
                double weight = weights[i], run = costs[i];
                double free = earlier is null ? left : left - earlier[i] - _policy._checkUsd;
                bool fits = run <= free;
                usd += weight * (fits ? run + _policy._checkUsd : Math.Max(0, free));
                after[i] = fits ? weight * rejected[i] : weight;
                if (!fits)
                    continue;
                accepted += weight * right[i];
                unverified += weight * right[i] * _policy._verifier.FalseReject;
            }

            // delivered instead of an accepted result: the completed run that is most probably right, before and after this one
            double now = 0, then = unverified;
            for (int k = 0; k <= _completed.Count; k++)
            {
                if (k == _completed.Count && before is null)
                    break;
                double[] still = _policy._still[k < _completed.Count ? _completed[k] : before!.Value];
                now = Math.Max(now, Dot(weights, still));
                then = Math.Max(then, Dot(after, still));
            }

            return accepted * (1 - _policy._verifier.FalseReject) + then - now - usd / _policy._successValue;
        }

        private static double Dot(double[] weights, double[] values)
        {
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * values[i];
            return sum;
        }
    }
}
