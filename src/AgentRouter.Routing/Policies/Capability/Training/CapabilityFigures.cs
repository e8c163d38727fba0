using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>What requirements reach over all thresholds, cross-validated.</summary>
/// <param name="Name">What was measured: <c>capability</c>, <c>by strengths</c> or <c>by rules</c>.</param>
/// <param name="Points">A point for each threshold.</param>
internal sealed record CapabilityFigures(string Name, IReadOnlyList<CapabilityPoint> Points)
{
    /// <summary>Gets how much better the score is than that of the best mix of single models at the same cost, mean over the thresholds.</summary>
    public required double OverMix { get; init; }

    /// <summary>Gets the paired interval of that difference.</summary>
    public required Interval OverMixInterval { get; init; }

    /// <summary>Gets the same over the choice by length; <see langword="null"/> without prompts.</summary>
    public double? OverLength { get; init; }

    /// <summary>Gets the paired interval of that difference.</summary>
    public Interval? OverLengthInterval { get; init; }

    /// <summary>Gets whether it is better than the baselines at the same cost.</summary>
    public bool BeatsBaselines => OverMix > 0 && OverLength is null or > 0;
}

/// <summary>What is reached at one threshold.</summary>
internal sealed record CapabilityPoint
{
    public required double Tau { get; init; }
    public required double Score { get; init; }
    public required Interval ScoreInterval { get; init; }
    public required double Cost { get; init; }

    /// <summary>Gets the cost as a share of the best single model's.</summary>
    public required double CostShare { get; init; }

    /// <summary>Gets how much better the score is than the best single model's.</summary>
    public required double OverBest { get; init; }

    /// <summary>Gets the paired interval of that difference.</summary>
    public required Interval OverBestInterval { get; init; }

    /// <summary>Gets how much better the score is than that of the best mix of single models at the same cost.</summary>
    public required double OverMix { get; init; }
}

/// <summary>What a single model reaches.</summary>
internal sealed record SingleModel(string Model, double Score, double Cost);
