using AgentRouter.Pricing;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>What the planner makes of a pattern of wishes, each worth something. What counts is dollars, and the worth of each
/// wish for the strong model that was not followed: without it, always-weak would be the best of all plans.</summary>
internal sealed record PlannerRow
{
    public required string Wishes { get; init; }

    /// <summary>Gets what a wish that is followed is worth, in USD.</summary>
    public required double WorthUsd { get; init; }

    /// <summary>Gets what following all wishes costs, in USD a run.</summary>
    public required double FollowedUsd { get; init; }

    /// <summary>Gets the better of always-weak and always-strong, in USD a run.</summary>
    public required double NeverSwitchingUsd { get; init; }

    /// <summary>Gets the mean over runs of the best plan with at most one change, found in hindsight for each run by itself.</summary>
    public required double BestSingleSwitchUsd { get; init; }

    /// <summary>Gets what the planner costs, in USD a run.</summary>
    public required double PlannerUsd { get; init; }

    /// <summary>Gets the planner as a multiple of the best single switch.</summary>
    public required double OfBest { get; init; }

    public required Interval OfBestInterval { get; init; }

    /// <summary>Gets the share of steps that the strong model takes under the planner.</summary>
    public required double StrongShare { get; init; }

    public static PlannerRow Of(WishPattern pattern, Money worth, RunReplay[] replays, SwitchPair pair, int seed)
    {
        var planned = new PlannedRuns(pair, worth);
        double[] planner = new double[replays.Length], best = new double[replays.Length];
        double followed = 0, weak = 0, strong = 0;
        int strongSteps = 0;
        for (int i = 0; i < replays.Length; i++)
        {
            RunReplay replay = replays[i];
            bool[] wishes = pattern.For(replay.Length);
            ReplayCost cost = replay.Of(planned.Take(replay, wishes), wishes);
            strongSteps += cost.StrongSteps;
            planner[i] = SwitchReport.Usd(cost.With(worth));
            best[i] = SwitchReport.Usd(SingleSwitch.Best(replay, wishes, worth));
            followed += SwitchReport.Usd(replay.Of(wishes, wishes).With(worth));
            weak += SwitchReport.Usd(replay.Of(new bool[replay.Length], wishes).With(worth));
            strong += SwitchReport.Usd(replay.Of(Enumerable.Repeat(true, replay.Length).ToArray(), wishes).With(worth));
        }

        return new PlannerRow
        {
            Wishes = pattern.Name,
            WorthUsd = SwitchReport.Usd(worth),
            FollowedUsd = followed / replays.Length,
            NeverSwitchingUsd = Math.Min(weak, strong) / replays.Length,
            BestSingleSwitchUsd = best.Average(),
            PlannerUsd = planner.Average(),
            OfBest = planner.Sum() / best.Sum(),
            OfBestInterval = Bootstrap.Of(planner.Length, seed, draw => draw.Sum(i => planner[i]) / draw.Sum(i => best[i])),
            StrongShare = (double)strongSteps / replays.Sum(replay => replay.Length),
        };
    }
}
