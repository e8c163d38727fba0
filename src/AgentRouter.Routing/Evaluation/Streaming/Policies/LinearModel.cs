using AgentRouter.Routing.Policies.Bandit;

namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>A linear bandit over groups, and sources where asked for: ours, and the two of the literature.</summary>
internal sealed class LinearModel : IStreamPolicy
{
    private readonly BanditMemory _memory;
    private readonly IReadOnlyList<string> _models;
    private readonly double _successValue, _exploration;
    private readonly bool _hasSources;
    private readonly Random? _random;

    private LinearModel(IReadOnlyList<string> models, double successValue, double exploration, BanditMemory memory, bool hasSources, Random? random) =>
        (_models, _successValue, _exploration, _memory, _hasSources, _random) = (models, successValue, exploration, memory, hasSources, random);

    /// <summary>What <see cref="BanditPolicy"/> does in a run.</summary>
    public static LinearModel Bandit(IReadOnlyList<string> models, double successValue) =>
        new(models, successValue, BanditDefaults.Exploration, new BanditMemory(), hasSources: true, null);

    /// <summary>LinUCB on groups: the highest upper bound. L. Li et al., 2010.</summary>
    public static LinearModel UpperBound(IReadOnlyList<string> models, double successValue, double alpha) =>
        new(models, successValue, alpha, new BanditMemory(sharesAll: false), hasSources: false, null);

    /// <summary>LinTS: the highest draw from the posterior. S. Agrawal and N. Goyal, 2013.</summary>
    public static LinearModel Thompson(IReadOnlyList<string> models, double successValue, double spread, bool hasSources, Random random) =>
        new(models, successValue, spread, new BanditMemory(sharesAll: false), hasSources, random);

    public int Choose(StreamTask task)
    {
        IReadOnlyList<string> features = Features(task);
        int best = 0;
        double highest = double.NegativeInfinity;
        for (int model = 0; model < _models.Count; model++)
        {
            BanditEstimate estimate = _memory.Estimate(_models[model], features);
            double value = estimate.Success - estimate.Usd / _successValue + _exploration * estimate.Width * (_random is null ? 1 : Normal(_random));
            if (value > highest)
                (best, highest) = (model, value);
        }

        return best;
    }

    public void Learn(StreamTask task, int model) =>
        Remember(new VerifiedStep(_models[model], Features(task), task.Scores[model], task.Usd[model]));

    /// <summary>Learns an outcome that was seen before the stream.</summary>
    public void Remember(VerifiedStep step) => _memory.Remember(step);

    private string[] Features(StreamTask task) =>
        _hasSources && task.Source.Length > 0
            ? [BanditFeatures.Group(task.Group), BanditFeatures.Source(task.Source)]
            : [BanditFeatures.Group(task.Group)];

    // G. E. P. Box and M. E. Muller, 1958
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
