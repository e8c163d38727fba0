using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>A plan that follows a pattern of wishes to the letter.</summary>
internal sealed record PlanRow
{
    public required string Plan { get; init; }

    /// <summary>Gets the share of steps that the strong model takes.</summary>
    public required double StrongShare { get; init; }

    /// <summary>Gets what a run costs, in USD.</summary>
    public required double Usd { get; init; }

    /// <summary>Gets that as a share of what always-strong costs.</summary>
    public required double OfAlwaysStrong { get; init; }

    public required Interval OfAlwaysStrongInterval { get; init; }

    /// <summary>Gets the part that is paid for prompt tokens which are not in the cache, in USD a run.</summary>
    public required double UncachedUsd { get; init; }

    public static PlanRow Of(WishPattern pattern, RunReplay[] replays, double[] alwaysStrong, int seed)
    {
        ReplayCost[] costs = [.. replays.Select(replay => replay.Of(pattern.For(replay.Length)))];
        double[] usd = [.. costs.Select(cost => SwitchReport.Usd(cost.Usd))];
        return new PlanRow
        {
            Plan = pattern.Name,
            StrongShare = (double)costs.Sum(cost => cost.StrongSteps) / replays.Sum(replay => replay.Length),
            Usd = usd.Average(),
            OfAlwaysStrong = usd.Sum() / alwaysStrong.Sum(),
            OfAlwaysStrongInterval = Bootstrap.Of(usd.Length, seed, draw => draw.Sum(i => usd[i]) / draw.Sum(i => alwaysStrong[i])),
            UncachedUsd = costs.Average(cost => SwitchReport.Usd(cost.Uncached)),
        };
    }
}
