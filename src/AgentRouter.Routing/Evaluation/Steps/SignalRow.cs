using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Steps;

/// <summary>How well the end of the cheap run, and the gain of the dear one, can be told after some steps: areas under the ROC curve, 0.5 is chance.</summary>
internal sealed record SignalRow
{
    /// <summary>Gets after how many steps; <see langword="null"/> at the end of the run.</summary>
    public required int? After { get; init; }

    /// <summary>Gets how well it is told that the cheap run fails.</summary>
    public required double Fails { get; init; }

    public required Interval FailsInterval { get; init; }

    /// <summary>Gets how well it is told that the dear model solves what the cheap one does not.</summary>
    public required double Gains { get; init; }

    public required Interval GainsInterval { get; init; }

    /// <summary>Gets how well the number of errors alone tells that the cheap run fails.</summary>
    public required double ErrorCount { get; init; }

    /// <summary>Gets how well the number of steps alone tells it.</summary>
    public required double StepCount { get; init; }

    public static SignalRow Of(IReadOnlyList<RunPair> pairs, int? after, double[] fails, double[] gains, int seed)
    {
        bool[] failed = [.. pairs.Select(pair => pair.Fails)], gained = [.. pairs.Select(pair => pair.Gains)];
        int[] taken = [.. pairs.Select(pair => Math.Min(after ?? int.MaxValue, pair.Weak.Steps.Count))];
        double[] errors = [.. pairs.Select((pair, i) => (double)pair.Weak.Steps.Take(taken[i]).Sum(step => step.Observations.Count(RunStateFeatures.IsError)))];
        return new SignalRow
        {
            After = after,
            Fails = RocArea.Of(fails, failed),
            FailsInterval = Bootstrap.Of(pairs.Count, seed, draw => RocArea.Of(fails, failed, draw)),
            Gains = RocArea.Of(gains, gained),
            GainsInterval = Bootstrap.Of(pairs.Count, seed, draw => RocArea.Of(gains, gained, draw)),
            ErrorCount = RocArea.Of(errors, failed),
            StepCount = RocArea.Of([.. taken.Select(steps => (double)steps)], failed),
        };
    }
}
