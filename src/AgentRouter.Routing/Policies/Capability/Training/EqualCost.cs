using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>What simple choices reach for the same money: a random mix of single models, the best such mix in hindsight; and the best
/// model for the longest prompts, the cheapest for the rest.</summary>
internal sealed class EqualCost
{
    private readonly double[][] _scores;
    private readonly double[][] _costs;
    private readonly double[] _meanScores;
    private readonly double[] _meanCosts;
    private readonly List<int> _envelope = [];
    private readonly int[] _longest;

    /// <summary>Prepares the baselines.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">The score of each row with each model.</param>
    /// <param name="costs">The cost of each row with each model.</param>
    public EqualCost(IReadOnlyList<OutcomeRow> rows, double[][] scores, double[][] costs)
    {
        _scores = scores;
        _costs = costs;
        int models = scores[0].Length;
        _meanScores = [.. Enumerable.Range(0, models).Select(model => scores.Average(row => row[model]))];
        _meanCosts = [.. Enumerable.Range(0, models).Select(model => costs.Average(row => row[model]))];
        Cheapest = Enumerable.Range(0, models).OrderBy(model => _meanCosts[model]).ThenByDescending(model => _meanScores[model]).First();
        Best = Enumerable.Range(0, models).OrderByDescending(model => _meanScores[model]).ThenBy(model => _meanCosts[model]).First();
        HasPrompts = rows.All(row => row.Prompt is not null);
        _longest = HasPrompts ? [.. Enumerable.Range(0, rows.Count).OrderByDescending(row => rows[row].Prompt!.Length)] : [];
        // the upper envelope: from the cheapest, always on along the steepest line upward
        for (int at = Cheapest; at >= 0; at = Next(at))
            _envelope.Add(at);
    }

    /// <summary>Gets the model with the least mean cost.</summary>
    public int Cheapest { get; }

    /// <summary>Gets the model with the highest mean score.</summary>
    public int Best { get; }

    /// <summary>Gets a value indicating whether rows can be told apart by length.</summary>
    public bool HasPrompts { get; }

    /// <summary>Gets the mean score of each model.</summary>
    public IReadOnlyList<double> MeanScores => _meanScores;

    /// <summary>Gets the mean cost of each model.</summary>
    public IReadOnlyList<double> MeanCosts => _meanCosts;

    /// <summary>Computes the expected score of each row with the mix of single models that costs so much.</summary>
    public double[] Mix(double cost)
    {
        int above = _envelope.FindIndex(model => _meanCosts[model] >= cost);
        if (above < 0)
            return [.. _scores.Select(row => row[_envelope[^1]])];
        int high = _envelope[above], low = _envelope[Math.Max(0, above - 1)];
        double share = high == low ? 1 : (cost - _meanCosts[low]) / (_meanCosts[high] - _meanCosts[low]);
        return [.. _scores.Select(row => share * row[high] + (1 - share) * row[low])];
    }

    /// <summary>Computes the score of each row where so many of the longest go to the best model that it costs so much or just more.</summary>
    public double[] Length(double cost)
    {
        double[] scores = [.. _scores.Select(row => row[Cheapest])];
        double left = (cost - _meanCosts[Cheapest]) * scores.Length;
        foreach (int row in _longest)
        {
            if (left <= 0)
                break;
            left -= _costs[row][Best] - _costs[row][Cheapest];
            scores[row] = _scores[row][Best];
        }

        return scores;
    }

    private int Next(int from)
    {
        int next = -1;
        double steepest = 0;
        for (int model = 0; model < _meanCosts.Length; model++)
        {
            double slope = (_meanScores[model] - _meanScores[from]) / (_meanCosts[model] - _meanCosts[from]);
            if (_meanCosts[model] > _meanCosts[from] && slope > steepest)
                (next, steepest) = (model, slope);
        }

        return next;
    }
}
