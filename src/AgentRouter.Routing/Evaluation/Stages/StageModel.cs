using AgentRouter.Routing.Policies.Bandit;

namespace AgentRouter.Routing.Evaluation.Stages;

/// <summary>What is expected of the arms in one group of tasks: an arm's own mean, shrunken toward an additive model of its stages.</summary>
/// <remarks>The additive model is a ridge regression of score and cost on which model each stage has. An arm with one lucky run is
/// believed little more than what its stages did in other arms.</remarks>
internal sealed class StageModel
{
    /// <summary>The ridge of the additive model, in runs: 1 to 10 give the same choices on recorded runs.</summary>
    public const double Ridge = 5;

    /// <summary>How many made-up runs at the additive model's prediction an arm's mean begins with; 5 to 10 give the same choices.</summary>
    public const double Shrink = 10;

    private const double Caution = 2;

    private readonly RidgeRegression _additive = new(Ridge);
    private readonly Dictionary<(string Stage, string Model), int> _features = [];
    private readonly Dictionary<StageArm, (double Runs, double Score, double Usd, double Squares)> _arms = [];
    private readonly double _meanScore, _meanUsd, _spread;

    /// <summary>Learns from the runs of a group.</summary>
    /// <param name="runs">At least one run.</param>
    public StageModel(IReadOnlyList<StageRun> runs)
    {
        _meanScore = runs.Average(run => run.Score);
        _meanUsd = runs.Average(run => run.Usd);
        foreach (StageRun run in runs)
        {
            _additive.Learn(Features(run.Arm), run.Score - _meanScore, run.Usd - _meanUsd);
            (double count, double score, double usd, double squares) = _arms.GetValueOrDefault(run.Arm);
            _arms[run.Arm] = (count + 1, score + run.Score, usd + run.Usd, squares + run.Score * run.Score);
        }

        _spread = Math.Sqrt(Arms.Sum(SquaredErrors) / runs.Count);
    }

    /// <summary>Gets the arms that were run.</summary>
    public IEnumerable<StageArm> Arms => _arms.Keys;

    /// <summary>Predicts score and cost of an arm, one that was never run too.</summary>
    public (double Score, double Usd) Predict(StageArm arm)
    {
        BanditEstimate additive = _additive.Predict(Features(arm));
        (double runs, double score, double usd, _) = _arms.GetValueOrDefault(arm);
        return (
            (score + Shrink * (_meanScore + additive.Success)) / (runs + Shrink),
            (usd + Shrink * (_meanUsd + additive.Usd)) / (runs + Shrink));
    }

    /// <summary>Gets what an arm earns even when luck had a part in its runs: its score less two standard errors, less its cost in
    /// shares of a success.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="successValue">What a success is worth, in USD.</param>
    public double Earns(StageArm arm, double successValue)
    {
        (double score, double usd) = Predict(arm);
        double runs = _arms.GetValueOrDefault(arm).Runs;
        return score - Caution * _spread / Math.Sqrt(runs + Shrink) - usd / successValue;
    }

    /// <summary>Gets the arm that was run and earns most.</summary>
    public StageArm Best(double successValue) => Arms.MaxBy(arm => Earns(arm, successValue))!;

    private double SquaredErrors(StageArm arm)
    {
        (double runs, double score, _, double squares) = _arms[arm];
        double predicted = Predict(arm).Score;
        return Math.Max(0, squares - 2 * predicted * score + runs * predicted * predicted);
    }

    private int[] Features(StageArm arm)
    {
        var numbers = new int[arm.Models.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!_features.TryGetValue(arm.Models[i], out numbers[i]))
                _features[arm.Models[i]] = numbers[i] = _features.Count;
        }

        return numbers;
    }
}
