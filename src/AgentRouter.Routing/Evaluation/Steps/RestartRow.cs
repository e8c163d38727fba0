using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Steps;

/// <summary>What it brings to start again with the dear model where the cheap run looks like failing, against the same money spent without looking.</summary>
internal sealed record RestartRow
{
    /// <summary>Gets after how many steps it is decided; <see langword="null"/> at the end of the cheap run.</summary>
    public required int? After { get; init; }

    /// <summary>Gets the share of runs that are started again.</summary>
    public required double Share { get; init; }

    /// <summary>Gets the success where those are started again that look most like failing.</summary>
    public required double Restart { get; init; }

    /// <summary>Gets what a task costs then, in USD.</summary>
    public required double Usd { get; init; }

    /// <summary>Gets the success where as many are started again at random.</summary>
    public required double RandomRestart { get; init; }

    /// <summary>Gets the success where the same money sends tasks, picked at random, straight to the dear model.</summary>
    public required double Mix { get; init; }

    /// <summary>Gets the interval of the restart's success above that of the mix.</summary>
    public required Interval AboveMixInterval { get; init; }

    public static RestartRow Of(IReadOnlyList<RunPair> pairs, int? after, double[] fails, double share, int seed)
    {
        int restarts = (int)Math.Round(share * pairs.Count);
        var restarted = new bool[pairs.Count];
        foreach (int i in Enumerable.Range(0, pairs.Count).OrderByDescending(i => fails[i]).ThenBy(i => i).Take(restarts))
            restarted[i] = true;
        double[] weak = [.. pairs.Select(pair => pair.Weak.Reward!.Value)], strong = [.. pairs.Select(pair => pair.Strong.Reward!.Value)];
        double[] weakUsd = [.. pairs.Select(pair => pair.WeakUsd[^1])], strongUsd = [.. pairs.Select(pair => pair.StrongUsd)];
        double[] begunUsd = [.. pairs.Select(pair => pair.WeakUsd[Math.Min(after ?? int.MaxValue, pair.Weak.Steps.Count)])];
        int[] all = [.. Enumerable.Range(0, pairs.Count)];
        return new RestartRow
        {
            After = after,
            Share = (double)restarts / pairs.Count,
            Restart = Success(all),
            Usd = Usd(all),
            RandomRestart = weak.Average() + share * (strong.Average() - weak.Average()),
            Mix = MixFor(all),
            AboveMixInterval = Bootstrap.Of(pairs.Count, seed, draw => Success(draw) - MixFor(draw)),
        };

        double Success(int[] draw) => draw.Average(i => restarted[i] ? strong[i] : weak[i]);

        double Usd(int[] draw) => draw.Average(i => restarted[i] ? begunUsd[i] + strongUsd[i] : weakUsd[i]);

        double MixFor(int[] draw)
        {
            double cheap = draw.Average(i => weakUsd[i]), dear = draw.Average(i => strongUsd[i]);
            // more money than always-strong costs buys no more than always-strong
            double toStrong = dear > cheap ? Math.Clamp((Usd(draw) - cheap) / (dear - cheap), 0, 1) : 1;
            return draw.Average(i => weak[i]) * (1 - toStrong) + draw.Average(i => strong[i]) * toStrong;
        }
    }
}
