using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>What plans of who takes which step cost on recorded runs, and how near the planner comes to the best plan with one change.</summary>
internal sealed record SwitchReport
{
    /// <summary>How dear a strong step may be to be worth its wish, in multiples of what it costs above a weak one, where no worth is named.</summary>
    private static readonly decimal[] DefaultWorths = [0.5m, 1, 2, 4, 8];

    private const int LongestMove = 6;

    public required int Runs { get; init; }

    public required int Steps { get; init; }

    /// <summary>Gets the plans that follow each pattern of wishes to the letter.</summary>
    public required IReadOnlyList<PlanRow> Plans { get; init; }

    /// <summary>Gets what the strong model costs where nothing is cached, in USD a run.</summary>
    public required double StrongUncachedUsd { get; init; }

    /// <summary>Gets what the runs cost as they were recorded, in USD a run, where the recorded model is one of the two and its cache was recorded.</summary>
    public required double? RecordedUsd { get; init; }

    /// <summary>Gets what whole runs that were recorded with the strong model cost, in USD a run; <see langword="null"/> where there are none.</summary>
    public required double? StrongRunUsd { get; init; }

    /// <summary>Gets, for each pattern and worth of a wish, what the planner makes of it.</summary>
    public required IReadOnlyList<PlannerRow> Planner { get; init; }

    /// <summary>Gets what it costs to move a conversation from the weak to the strong model after each of the first steps.</summary>
    public required IReadOnlyList<MoveRow> Moves { get; init; }

    /// <summary>Replays runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="pair">The models.</param>
    /// <param name="recorded">Replays only runs that were recorded with this model; <see langword="null"/> for all.</param>
    /// <param name="worths">What a wish that is followed is worth; <see langword="null"/> for multiples of what a strong step costs above a weak one.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <param name="cancellationToken">Cancels the replay.</param>
    /// <exception cref="ConfigurationException">No run has a step.</exception>
    public static SwitchReport Of(IReadOnlyList<RecordedRun> runs, SwitchPair pair, string? recorded, IReadOnlyList<Money>? worths, int seed, CancellationToken cancellationToken)
    {
        RecordedRun[] withSteps = [.. runs.Where(run => run.Steps.Count > 0)];
        RecordedRun[] used = [.. withSteps.Where(run => recorded is null || (run.Model is { } model && ModelNames.AreSame(model, recorded)))];
        if (used.Length == 0)
        {
            throw new ConfigurationException(recorded is null
                ? "None of the runs has a step."
                : $"No run was recorded with '{recorded}'. The runs are of {string.Join(", ", withSteps.Select(run => run.Model ?? "no named model").Distinct().Order().Take(10))}.");
        }

        RunReplay[] replays = [.. used.Select(run => new RunReplay(run, pair, IsStrong(run.Model, pair)))];
        double[] strong = Each(replays, replay => Plan(replay, true));
        double[] weak = Each(replays, replay => Plan(replay, false));
        int steps = replays.Sum(replay => replay.Length);
        worths ??= Worths(strong.Sum() - weak.Sum(), steps);
        return new SwitchReport
        {
            Runs = used.Length,
            Steps = steps,
            Plans = [.. WishPattern.All.Select(pattern => PlanRow.Of(pattern, replays, strong, seed))],
            StrongUncachedUsd = replays.Average(replay => Usd(replay.Uncached(strong: true))),
            RecordedUsd = Recorded(used, pair),
            StrongRunUsd = Recorded([.. withSteps.Where(run => IsStrong(run.Model, pair) == true)], pair),
            Planner = [.. WishPattern.All.Where(pattern => pattern.Name != "always weak").SelectMany(pattern => worths.Select(worth =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return PlannerRow.Of(pattern, worth, replays, pair, seed);
            }))],
            Moves = [.. Enumerable.Range(1, LongestMove).Select(after => MoveRow.Of(after, replays)).OfType<MoveRow>()],
        };
    }

    /// <summary>Gets dollars as a number for statistics.</summary>
    public static double Usd(Money money) => (double)money.ToUsd();

    private static double Plan(RunReplay replay, bool strong)
    {
        var takes = new bool[replay.Length];
        Array.Fill(takes, strong);
        return Usd(replay.Of(takes).Usd);
    }

    private static double[] Each(RunReplay[] replays, Func<RunReplay, double> figure) => [.. replays.Select(figure)];

    private static Money[] Worths(double premium, int steps) =>
        [.. DefaultWorths.Select(multiple => Money.FromUsd(decimal.Round(Math.Max(0, (decimal)(premium / steps)) * multiple, 6)))];

    private static double? Recorded(RecordedRun[] runs, SwitchPair pair)
    {
        if (runs.Length == 0)
            return null;
        double sum = 0;
        foreach (RecordedRun run in runs)
        {
            if (IsStrong(run.Model, pair) is not { } strong || run.Steps.Any(step => step.CachedTokens is null || step.WrittenTokens is null))
                return null;
            sum += run.Steps.Sum(step => Usd(pair.Of(strong).Prices.CostOf(new TokenUsage(
                step.PromptTokens - step.CachedTokens!.Value - step.WrittenTokens!.Value, step.CachedTokens.Value, step.WrittenTokens.Value, step.OutputTokens))));
        }

        return sum / runs.Length;
    }

    private static bool? IsStrong(string? model, SwitchPair pair) =>
        model is null ? null : ModelNames.AreSame(model, pair.Strong.Name) ? true : ModelNames.AreSame(model, pair.Weak.Name) ? false : null;
}
