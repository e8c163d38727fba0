using AgentRouter.Memory.Retrieval.Weights;
using AgentRouter.Statistics;

namespace AgentRouter.Memory.Evaluation.Training;

/// <summary>What came of learning weights.</summary>
/// <param name="Turns">Those of turns; <see langword="null"/> where too few questions are about turns.</param>
/// <param name="Passages">Those of passages, likewise.</param>
internal sealed record WeightsTrained(KindTrained? Turns, KindTrained? Passages)
{
    /// <summary>Gets a value indicating whether anything that was learned is better.</summary>
    public bool IsBetter => Turns is { IsBetter: true } || Passages is { IsBetter: true };

    /// <summary>Gets the weights: what was learned where it is better, and what is set by hand elsewhere.</summary>
    /// <param name="always">Whether what was learned is taken in any case.</param>
    public MemoryWeights Weights(bool always) => MemoryWeights.Of(Of(Turns, always), Of(Passages, always));

    private static IReadOnlyDictionary<string, double> Of(KindTrained? trained, bool always) =>
        trained is not null && (always || trained.IsBetter) ? trained.Weights : new Dictionary<string, double>();
}

/// <summary>What came of learning the weights of one kind of answers.</summary>
/// <param name="Questions">From how many questions.</param>
/// <param name="Scopes">From how many scopes, each measured with weights that were learned from the others; <see langword="null"/> where there were too few, and questions of
/// one scope were measured with weights that were learned from others of the same.</param>
/// <param name="Depth">How many places count.</param>
/// <param name="Pull">How strongly the weights were held to those set by hand.</param>
/// <param name="Weights">The weights, learned from all questions, on the scale of those set by hand.</param>
/// <param name="Gains">The figures by hand and learned, on what the weights were not learned from.</param>
internal sealed record KindTrained(int Questions, int? Scopes, int Depth, double Pull, IReadOnlyDictionary<string, double> Weights, IReadOnlyList<TrainedGain> Gains)
{
    /// <summary>Gets a value indicating whether a figure is told apart from chance as better, and none as worse.</summary>
    public bool IsBetter => Gains.Any(gain => gain.Interval.Low > 0) && !IsWorse;

    /// <summary>Gets a value indicating whether a figure is told apart from chance as worse.</summary>
    public bool IsWorse => Gains.Any(gain => gain.Interval.High < 0);
}

/// <summary>What learned weights bring by one figure.</summary>
/// <param name="Figure">Its name.</param>
/// <param name="Hand">The mean with the weights set by hand.</param>
/// <param name="Learned">The mean with weights learned from other data.</param>
/// <param name="Mean">The mean difference, question by question.</param>
/// <param name="Interval">Its 95 % interval.</param>
internal sealed record TrainedGain(string Figure, double Hand, double Learned, double Mean, Interval Interval);
