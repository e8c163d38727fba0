using AgentRouter.Configuration;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Pairs;

/// <summary>Routers between a cheap and a dear model, measured on recorded outcomes beside the baselines that are hard to beat.</summary>
internal sealed record PairEvaluation
{
    /// <summary>The share of strong calls at which routers are compared at equal cost.</summary>
    public const double EqualShare = 0.5;

    public required string Weak { get; init; }
    public required string Strong { get; init; }
    public required int Rows { get; init; }

    /// <summary>Gets a value indicating whether any row has a prompt.</summary>
    public required bool HasPrompts { get; init; }

    /// <summary>Gets the share of always-strong's quality for which the strong calls are counted.</summary>
    public required double Quality { get; init; }

    /// <summary>Gets the choices that need no curve: always weak, always strong, and the better of the two on each row.</summary>
    public required IReadOnlyList<FixedChoice> Fixed { get; init; }

    /// <summary>Gets the routers, baselines first.</summary>
    public required IReadOnlyList<PairRouter> Routers { get; init; }

    /// <summary>Measures all routers.</summary>
    /// <param name="table">The rows, each with both models and scores of 0 or 1.</param>
    /// <param name="weak">The cheap model, the first of the predictions.</param>
    /// <param name="strong">The dear model, the second.</param>
    /// <param name="predictions">Predictions for every row; several for a repeated cross-validation.</param>
    /// <param name="policies">What policy files say of every row.</param>
    /// <param name="quality">The share of always-strong's quality for which the strong calls are counted.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <exception cref="ConfigurationException">The weak model is as good as the strong one.</exception>
    public static PairEvaluation Of(OutcomeTable table, string weak, string strong, IReadOnlyList<TrainedPredictions> predictions, IReadOnlyList<PolicyPredictions> policies, double quality, int seed)
    {
        double[] w = [.. table.Rows.Select(row => row.Models[weak].Score)], s = [.. table.Rows.Select(row => row.Models[strong].Score)];
        if (w.Sum() == s.Sum())
            throw new ConfigurationException($"'{weak}' and '{strong}' have the same mean score, {w.Average():0.000}: there is no gap that a router could recover.");
        if (w.Sum() > s.Sum())
            throw new ConfigurationException($"The weak model '{weak}' solves more rows, {w.Average():0.000} against {s.Average():0.000} of '{strong}': there is no gap that a router could recover. Swap them, or name others.");
        double[] best = [.. w.Zip(s, Math.Max)], needed = [.. w.Zip(s, (a, b) => b > a ? 1.0 : 0)];
        var routers = new List<(string Name, bool IsTrained, IReadOnlyList<double[]> Scores)> { ("random", false, [new double[w.Length]]) };
        bool hasPrompts = table.Rows.Any(row => row.Prompt is not null);
        if (hasPrompts)
            routers.Add(("length", false, [[.. table.Rows.Select(row => (double)(row.Prompt?.Length ?? 0))]]));
        if (table.Rows.Any(row => row.Group != table.Rows[0].Group))
            routers.Add(("group", false, Gains(predictions, p => p.GroupScores)));
        routers.Add(("lr", true, Gains(predictions, p => p.Regression)));
        routers.Add(("et", true, Gains(predictions, p => p.Trees)));
        routers.Add(("boundary", true, Gains(predictions, p => p.Boundary)));
        foreach (PolicyPredictions policy in policies)
            routers.Add((policy.Name, true, [Gains(policy.Success)]));
        routers.Add(("oracle", false, [[.. s.Zip(w, (b, a) => b - a)]]));
        var curves = routers.ConvertAll(router => router.Scores.Select(scores => new ShareCurve(w, s, scores)).ToArray());
        double[][] draws = Draws(curves, w.Length, seed);
        int length = routers.FindIndex(router => router.Name == "length");
        return new PairEvaluation
        {
            Weak = weak,
            Strong = strong,
            Rows = w.Length,
            HasPrompts = hasPrompts,
            Quality = quality,
            Fixed =
            [
                new FixedChoice("always weak", w.Average(), Bootstrap.OfMean(w, seed), 0),
                new FixedChoice("always strong", s.Average(), Bootstrap.OfMean(s, seed), 1),
                new FixedChoice("oracle", best.Average(), Bootstrap.OfMean(best, seed), needed.Average()),
            ],
            Routers = [.. routers.Select((router, r) => Router(router.Name, curves[r], draws[r], router.IsTrained && length >= 0 ? (curves[length], draws[length]) : null, w.Average(), s.Average(), quality))],
        };
    }

    private static PairRouter Router(string name, ShareCurve[] curves, double[] draws, (ShareCurve[] Curves, double[] Draws)? length, double weak, double strong, double quality) => new()
    {
        Name = name,
        Apgr = Gap(curves),
        ApgrInterval = Middle(draws),
        Cpt50 = curves.Average(curve => curve.ShareFor(weak + 0.5 * (strong - weak))),
        Cpt80 = curves.Average(curve => curve.ShareFor(weak + 0.8 * (strong - weak))),
        ScoreAtEqualShare = curves.Average(curve => curve.ScoreAt(EqualShare)),
        ShareForQuality = curves.Average(curve => curve.ShareFor(quality * strong)),
        OverLength = length is { } other ? Gap(curves) - Gap(other.Curves) : null,
        OverLengthInterval = length is { } paired ? Middle([.. draws.Zip(paired.Draws, (a, b) => a - b)]) : null,
    };

    private static double Gap(ShareCurve[] curves) => curves.Average(curve => curve.Gap(Ones(curve.Rows)));

    private static int[] Ones(int count)
    {
        int[] ones = new int[count];
        Array.Fill(ones, 1);
        return ones;
    }

    // every router sees the same draws, so that differences are paired
    private static double[][] Draws(List<ShareCurve[]> routers, int rows, int seed)
    {
        var values = new double[routers.Count][];
        for (int r = 0; r < values.Length; r++)
            values[r] = new double[Bootstrap.Draws];
        var random = new Random(seed);
        int[][] draws = [.. Enumerable.Range(0, Bootstrap.Draws).Select(_ => Draw(rows, random))];
        Parallel.For(0, Bootstrap.Draws, d =>
        {
            for (int r = 0; r < values.Length; r++)
                values[r][d] = routers[r].Average(curve => curve.Gap(draws[d]));
        });
        return values;
    }

    private static int[] Draw(int rows, Random random)
    {
        int[] counts = new int[rows];
        for (int i = 0; i < rows; i++)
            counts[random.Next(rows)]++;
        return counts;
    }

    private static Interval Middle(double[] draws) => new(Quantile.Of(draws.Where(double.IsFinite), 0.025), Quantile.Of(draws.Where(double.IsFinite), 0.975));

    private static IReadOnlyList<double[]> Gains(IReadOnlyList<TrainedPredictions> predictions, Func<TrainedPredictions, double[][]> of) =>
        [.. predictions.Select(prediction => Gains(of(prediction)))];

    private static double[] Gains(double[][] success) => [.. success.Select(row => row[1] - row[0])];
}
