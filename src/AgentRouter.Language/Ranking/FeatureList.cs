namespace AgentRouter.Language.Ranking;

/// <summary>What was found for one question, to learn an order from.</summary>
/// <param name="Features">For each thing that was found its numbers.</param>
/// <param name="Targets">For each thing its share of what is wanted and was found; nothing where nothing was.</param>
internal sealed record FeatureList(double[][] Features, double[] Targets)
{
    /// <summary>Gets a value indicating whether something can be learned: something wanted was found.</summary>
    public bool Teaches => Targets.Length > 0;

    /// <summary>Makes the list of a question.</summary>
    /// <param name="features">For each thing that was found its numbers.</param>
    /// <param name="isWanted">Whether each of them is wanted.</param>
    public static FeatureList Of(double[][] features, IReadOnlyList<bool> isWanted)
    {
        int wanted = isWanted.Count(each => each);
        return new FeatureList(features, wanted == 0 ? [] : [.. isWanted.Select(each => each ? 1.0 / wanted : 0)]);
    }

    /// <summary>Computes what a thing is worth: the weighted sum of its numbers.</summary>
    public static double Value(double[] features, double[] weights)
    {
        double value = 0;
        for (int i = 0; i < weights.Length; i++)
            value += features[i] * weights[i];
        return value;
    }

    /// <summary>Gets the places of the things in the order of weights.</summary>
    public IEnumerable<int> Ordered(double[] weights) => Enumerable.Range(0, Features.Length).OrderByDescending(place => Value(Features[place], weights));
}
