using AgentRouter.Configuration;

namespace AgentRouter.Routing.Evaluation.Steps;

/// <summary>What can be told in the middle of a run, and whether acting on it pays.</summary>
internal sealed record StepsReport
{
    private const int LeastPairs = 25;

    private static readonly int?[] DecisionPoints = [1, 2, 3, 5, 8, 12, null];
    private static readonly int?[] RestartPoints = [5, null];
    private static readonly double[] Shares = [0.1, 0.2, 0.3, 0.5];

    public required int Pairs { get; init; }

    /// <summary>Gets the success of always-weak and of always-strong.</summary>
    public required double Weak { get; init; }

    public required double Strong { get; init; }

    /// <summary>Gets what a task costs with each, in USD.</summary>
    public required double WeakUsd { get; init; }

    public required double StrongUsd { get; init; }

    /// <summary>Gets the number of tasks that only the strong model solves, and that only the weak one does.</summary>
    public required int OnlyStrong { get; init; }

    public required int OnlyWeak { get; init; }

    public required IReadOnlyList<SignalRow> Signals { get; init; }

    public required IReadOnlyList<RestartRow> Restarts { get; init; }

    /// <summary>Studies pairs of runs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="folds">The number of folds, from 2.</param>
    /// <param name="seed">The seed of folds and intervals.</param>
    /// <param name="cancellationToken">Cancels the study.</param>
    /// <exception cref="ConfigurationException">There are too few pairs, or the cheap model always fails or never.</exception>
    public static StepsReport Of(IReadOnlyList<RunPair> pairs, int folds, int seed, CancellationToken cancellationToken)
    {
        if (pairs.Count < LeastPairs)
            throw new ConfigurationException($"{pairs.Count} pairs of runs are too few to learn from; at least {LeastPairs} are needed.");
        if (folds < 2 || folds > pairs.Select(pair => pair.Group).Distinct().Count())
            throw new ConfigurationException($"The number of folds is from 2 to the number of tasks, not {folds}.");
        if (pairs.All(pair => pair.Fails) || !pairs.Any(pair => pair.Fails) || !pairs.Any(pair => pair.Gains))
            throw new ConfigurationException("The runs are of one kind: the cheap model always fails or never, or the dear one never gains. There is nothing to predict.");
        var signals = new List<SignalRow>();
        var restarts = new List<RestartRow>();
        foreach (int? after in DecisionPoints)
        {
            double[] fails = FailureScores.Of(pairs, after ?? int.MaxValue, pair => pair.Fails, folds, seed, cancellationToken);
            double[] gains = FailureScores.Of(pairs, after ?? int.MaxValue, pair => pair.Gains, folds, seed, cancellationToken);
            signals.Add(SignalRow.Of(pairs, after, fails, gains, seed));
            if (RestartPoints.Contains(after))
                restarts.AddRange(Shares.Select(share => RestartRow.Of(pairs, after, fails, share, seed)));
        }

        return new StepsReport
        {
            Pairs = pairs.Count,
            Weak = pairs.Average(pair => pair.Weak.Reward!.Value),
            Strong = pairs.Average(pair => pair.Strong.Reward!.Value),
            WeakUsd = pairs.Average(pair => pair.WeakUsd[^1]),
            StrongUsd = pairs.Average(pair => pair.StrongUsd),
            OnlyStrong = pairs.Count(pair => pair.Gains),
            OnlyWeak = pairs.Count(pair => !pair.Fails && pair.Strong.Reward < Ceiling.Solved),
            Signals = signals,
            Restarts = restarts,
        };
    }
}
