namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>The verified outcomes that are remembered, first in first out, and what they say about each model. Not thread-safe.</summary>
/// <remarks>All that is learned is a function of the outcomes: they are what is saved, and forgetting one undoes it.</remarks>
/// <param name="capacity">How many outcomes are remembered.</param>
/// <param name="sharesAll">Whether a model's outcomes at all other steps count for a step a little.</param>
internal sealed class BanditMemory(int capacity = BanditDefaults.Remembered, bool sharesAll = true)
{
    /// <summary>More features than the steps of many workflows have; further ones are not looked at.</summary>
    public const int MaxFeatures = 256;

    /// <summary>How many of the nearest outcomes count as similar, and from which cosine on: the memory of Agent-as-a-Router (arXiv 2606.22902), a little wider.</summary>
    public const int Nearest = 15;

    private const double LeastCosine = 0.5;

    private readonly Queue<(VerifiedStep Step, int[] Features)> _steps = new();
    private readonly Dictionary<string, int> _features = [];

    // the feature that all steps have, by which a model that is good elsewhere is expected to be good at what is new
    private readonly int[] _common = sharesAll ? [0] : [];
    private readonly Dictionary<string, RidgeRegression> _models = [];

    /// <summary>Gets the remembered outcomes, the oldest first.</summary>
    public IEnumerable<VerifiedStep> Steps => _steps.Select(entry => entry.Step);

    /// <summary>Gets how many outcomes are remembered.</summary>
    public int Count => _steps.Count;

    /// <summary>Remembers an outcome; the oldest is forgotten where there are too many.</summary>
    public void Remember(VerifiedStep step)
    {
        if (_steps.Count == capacity)
        {
            (VerifiedStep oldest, int[] its) = _steps.Dequeue();
            Of(oldest.Model).Forget(its, oldest.Score, oldest.Usd);
        }

        int[] features = Numbers(step.Features);
        _steps.Enqueue((step, features));
        Of(step.Model).Learn(features, step.Score, step.Usd);
    }

    /// <summary>Estimates what a model makes of a step. A model that is new has the prior.</summary>
    public BanditEstimate Estimate(string model, IReadOnlyList<string> features) => Of(model).Predict(Numbers(features));

    /// <summary>Counts how often a model was right on the most similar steps: the nearest by the cosine of their features, the newest of equals.</summary>
    public (int Right, int Steps) Similar(string model, IReadOnlyList<string> features)
    {
        int[] wanted = Numbers(features);
        var nearest = new PriorityQueue<double, (double Cosine, int Age)>();
        int number = 0;
        foreach ((VerifiedStep step, int[] its) in _steps)
        {
            number++;
            if (step.Model != model)
                continue;
            double cosine = Cosine(wanted.AsSpan(_common.Length), its.AsSpan(_common.Length));
            if (cosine < LeastCosine)
                continue;
            nearest.Enqueue(step.Score, (cosine, number));
            if (nearest.Count > Nearest)
                nearest.Dequeue();
        }

        return (nearest.UnorderedItems.Count(item => item.Element >= 0.5), nearest.Count);
    }

    private static double Cosine(ReadOnlySpan<int> one, ReadOnlySpan<int> other)
    {
        int common = 0;
        foreach (int feature in one)
            common += other.Contains(feature) ? 1 : 0;
        return common == 0 ? 0 : common / Math.Sqrt((double)one.Length * other.Length);
    }

    private RidgeRegression Of(string model) =>
        _models.TryGetValue(model, out RidgeRegression? known) ? known : _models[model] = new RidgeRegression(BanditDefaults.Ridge);

    private int[] Numbers(IReadOnlyList<string> features)
    {
        List<int> numbers = [.. _common];
        foreach (string feature in features)
        {
            if (_features.TryGetValue(feature, out int number))
                numbers.Add(number);
            else if (_features.Count < MaxFeatures)
                numbers.Add(_features[feature] = _common.Length + _features.Count);
        }

        return [.. numbers];
    }
}
