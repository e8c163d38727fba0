using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Pools;

/// <summary>What a choice among many models reaches.</summary>
internal sealed record PoolRouter
{
    public required string Name { get; init; }

    /// <summary>Gets the weight of the price in the choice: probability points for the price of the best single model; <see langword="null"/> for baselines.</summary>
    public double? Lambda { get; init; }

    public required double Score { get; init; }
    public required Interval ScoreInterval { get; init; }

    /// <summary>Gets the mean price, in the evaluation's unit; <see langword="null"/> when prices are not known.</summary>
    public required double? Price { get; init; }

    /// <summary>Gets the mean price as a share of the best single model's.</summary>
    public required double? PriceShare { get; init; }

    /// <summary>Gets how much better its mean score is than the best single model's.</summary>
    public required double OverBest { get; init; }

    /// <summary>Gets the paired interval of that difference.</summary>
    public required Interval OverBestInterval { get; init; }
}
