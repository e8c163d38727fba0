namespace AgentRouter.Routing.Policies.Capability;

/// <summary>What was read off a request; kept while the request stays the same.</summary>
/// <param name="Request">The request.</param>
/// <param name="Node">The node it was read for.</param>
/// <param name="Required">The required place in each band.</param>
internal sealed record RequestReading(string Request, string? Node, double[] Required)
{
    /// <summary>Gets the models whose success is predicted.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Gets how likely each of them is to succeed.</summary>
    public double[] Success { get; init; } = [];

    /// <summary>Gets the gain of success whose loss is a shortfall of 1.</summary>
    public double WholeGain { get; init; } = 1;

    /// <summary>Finds a model among those whose success is predicted.</summary>
    /// <returns>Its index, or -1.</returns>
    public int Find(string model)
    {
        for (int i = 0; i < Models.Count; i++)
        {
            if (Models[i] == model)
                return i;
        }

        return -1;
    }

    /// <summary>Computes what a model falls short by, going by its own prediction: what it is predicted to lose to the best one.</summary>
    /// <param name="model">The model's index.</param>
    public double ShortfallOf(int model) => ShortfallOf(Success, model, WholeGain);

    /// <summary>Computes what a model falls short by, going by its own prediction.</summary>
    /// <param name="success">How likely each model is to succeed.</param>
    /// <param name="model">The model's index.</param>
    /// <param name="wholeGain">The gain of success whose loss is a shortfall of 1, above 0.</param>
    public static double ShortfallOf(ReadOnlySpan<double> success, int model, double wholeGain)
    {
        double best = success[model];
        foreach (double each in success)
            best = Math.Max(best, each);
        return Math.Min(1, (best - success[model]) / wholeGain);
    }
}
