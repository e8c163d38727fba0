namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>TwinRouterBench's static score (arXiv 2605.18859, section 5, and its released scorer).</summary>
/// <remarks>Savings of a benchmark: over passed trajectories what they cost less than with the highest tier, minus what the failed ones
/// cost, divided by the cost of the highest tier everywhere. The bank's savings weigh the benchmarks by their rows.</remarks>
internal static class TwinScore
{
    /// <summary>Scores predictions.</summary>
    /// <param name="rows">The bank.</param>
    /// <param name="predictions">The predicted tier by the row's id; <see langword="null"/> for an error, which fails.</param>
    public static TwinReport Of(IReadOnlyList<TwinRow> rows, IReadOnlyDictionary<string, int?> predictions)
    {
        var benchmarks = rows.GroupBy(row => row.Benchmark)
            .ToDictionary(group => group.Key, group => Benchmark([.. group.GroupBy(row => row.Instance).Select(rows => new Trajectory([.. rows], predictions))]));
        double Weighted(Func<TwinFigures, double> figure) => benchmarks.Values.Sum(of => of.Rows * figure(of)) / rows.Count;
        var all = new TwinFigures
        {
            Rows = rows.Count,
            Trajectories = benchmarks.Values.Sum(of => of.Trajectories),
            RowPass = Weighted(of => of.RowPass),
            RowExact = Weighted(of => of.RowExact),
            TrajectoryPass = Weighted(of => of.TrajectoryPass),
            CostSavings = Weighted(of => of.CostSavings),
        };
        return new TwinReport(all, benchmarks, rows.Count(row => predictions[row.Id] is null));
    }

    private static TwinFigures Benchmark(IReadOnlyList<Trajectory> trajectories)
    {
        double rows = trajectories.Sum(trajectory => trajectory.Rows);
        double high = trajectories.Sum(trajectory => trajectory.HighUsd);
        double saved = trajectories.Sum(trajectory => (trajectory.Passes ? trajectory.HighUsd : 0) - trajectory.Usd);
        return new TwinFigures
        {
            Rows = (int)rows,
            Trajectories = trajectories.Count,
            RowPass = trajectories.Sum(trajectory => trajectory.Passed) / rows,
            RowExact = trajectories.Sum(trajectory => trajectory.Exact) / rows,
            TrajectoryPass = trajectories.Where(trajectory => trajectory.Passes).Sum(trajectory => trajectory.Rows) / rows,
            // a bank of empty prompts costs nothing and saves nothing
            CostSavings = high > 0 ? saved / high : 0,
        };
    }

    private sealed class Trajectory
    {
        public Trajectory(IReadOnlyList<TwinRow> rows, IReadOnlyDictionary<string, int?> predictions)
        {
            TwinRow[] steps = [.. rows.OrderBy(row => row.Step)];
            int?[] tiers = [.. steps.Select(row => predictions[row.Id])];
            Rows = steps.Length;
            Passed = steps.Zip(tiers).Count(pair => pair.Second >= pair.First.Target);
            Exact = steps.Zip(tiers).Count(pair => pair.Second == pair.First.Target);
            Usd = TwinCosts.Of(steps, tiers);
            HighUsd = TwinCosts.Of(steps, [.. steps.Select(_ => (int?)TwinTier.High)]);
        }

        public int Rows { get; }

        public int Passed { get; }

        public int Exact { get; }

        public bool Passes => Passed == Rows;

        public double Usd { get; }

        public double HighUsd { get; }
    }
}
