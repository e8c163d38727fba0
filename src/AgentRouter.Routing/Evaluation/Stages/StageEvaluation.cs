using AgentRouter.Configuration;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Stages;

/// <summary>Chooses an arm for each group on some repetitions and looks at what that arm did in the others.</summary>
/// <remarks>Logs of learning systems try some arms often and most hardly at all, without saying with what probability. The estimate of an
/// arm is then biased toward the tasks and times at which it was tried; this evaluation cannot take that out.</remarks>
internal sealed class StageEvaluation
{
    private const int Splits = 10;
    private const int IntervalDraws = 200;

    private readonly IReadOnlyList<StageRun> _runs;
    private readonly string[] _groups;
    private readonly StageArm _cheapest, _strongest;
    private readonly double _successValue;
    private readonly int _folds, _seed;

    private StageEvaluation(IReadOnlyList<StageRun> runs, int folds, double successValue, int seed)
    {
        (_runs, _folds, _successValue, _seed) = (runs, folds, successValue, seed);
        _groups = [.. runs.Select(run => run.Group).Distinct()];
        if (runs.Select(run => run.Repetition).Distinct().Count() < folds)
            throw new ConfigurationException($"There are fewer than {folds} repetitions in the table: name fewer --folds.");
        // by what the stages cost in all groups, so that one odd run does not decide
        var all = new StageModel(runs);
        (_cheapest, _strongest) = (all.Arms.MinBy(arm => all.Predict(arm).Usd)!, all.Arms.MaxBy(arm => all.Predict(arm).Usd)!);
    }

    /// <summary>Measures.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="folds">The number of folds, from 2; a repetition is in one fold.</param>
    /// <param name="successValue">What a success is worth, in USD.</param>
    /// <param name="seed">The seed of folds and intervals.</param>
    /// <exception cref="ConfigurationException">There are too few repetitions.</exception>
    public static StageFigures Run(IReadOnlyList<StageRun> runs, int folds, double successValue, int seed) => new StageEvaluation(runs, folds, successValue, seed).Run();

    private StageFigures Run()
    {
        var random = new Random(_seed);
        // one split into folds is one of many; the figures are the mean of several
        Dictionary<string, Estimate>[] splits = [.. Enumerable.Range(0, Splits).Select(_ => Evaluate(_runs, random))];
        Dictionary<string, Estimate>[] draws = [.. Enumerable.Range(0, IntervalDraws).Select(_ => Evaluate(Draw(random), random))];
        var arms = _runs.GroupBy(run => (run.Group, run.Arm)).ToDictionary(runs => runs.Key, runs => runs.Count());
        return new StageFigures(
            _runs.Count, _runs.Select(run => run.Arm).Distinct().Count(), arms.Values.Min(), arms.Values.Max(), _folds,
            [.. splits[0].Keys.Select(policy => Figures(policy, splits, draws))],
            [.. _groups.Select(group => (group, Best(group)))
                .Select(chosen => (chosen.group, chosen.Item2.ToString(), arms[(chosen.group, chosen.Item2)]))]);
    }

    private StageArm Best(string group) => new StageModel([.. _runs.Where(run => run.Group == group)]).Best(_successValue);

    private StagePolicyFigures Figures(string policy, Dictionary<string, Estimate>[] splits, Dictionary<string, Estimate>[] draws)
    {
        string strongest = DearestName;
        double score = splits.Average(split => split[policy].Score), usd = splits.Average(split => split[policy].Usd);
        return new StagePolicyFigures(
            policy,
            score,
            Middle(draws.Select(draw => draw[policy].Score)),
            usd,
            usd / splits.Average(split => split[strongest].Usd),
            Middle(draws.Select(draw => draw[policy].Usd / draw[strongest].Usd)),
            score - splits.Average(split => split[strongest].Score),
            Middle(draws.Select(draw => draw[policy].Score - draw[strongest].Score)),
            (int)Math.Round(splits.Average(split => split[policy].WithoutRuns)));
    }

    private static Interval Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Interval(Quantile.OfSorted(sorted, 0.025), Quantile.OfSorted(sorted, 0.975));
    }

    // repetitions are drawn whole: the runs of one share what the day was like
    private List<StageRun> Draw(Random random)
    {
        ILookup<int, StageRun> repetitions = _runs.ToLookup(run => run.Repetition);
        int[] numbers = [.. repetitions.Select(repetition => repetition.Key)];
        List<StageRun> drawn = [.. numbers.SelectMany(_ => repetitions[numbers[random.Next(numbers.Length)]])];
        // a draw without a group says nothing about it; keep one run, as if it had been drawn
        drawn.AddRange(_groups.Where(group => !drawn.Exists(run => run.Group == group)).Select(group => _runs.First(run => run.Group == group)));
        return drawn;
    }

    private Dictionary<string, Estimate> Evaluate(IReadOnlyList<StageRun> runs, Random random)
    {
        int[] repetitions = [.. runs.Select(run => run.Repetition).Distinct()];
        random.Shuffle(repetitions);
        var fold = repetitions.Select((repetition, i) => (repetition, i)).ToDictionary(pair => pair.repetition, pair => pair.i % _folds);
        var seen = new Dictionary<string, List<Held>>();
        for (int f = 0; f < _folds; f++)
        {
            Dictionary<string, StageModel> models = Train([.. runs.Where(run => fold[run.Repetition] != f)], runs);
            StageArm fixedArm = BestForAll(models.Values);
            foreach ((string group, StageModel model) in models)
            {
                StageRun[] held = [.. runs.Where(run => fold[run.Repetition] == f && run.Group == group)];
                StageArm[] arms = [.. model.Arms];
                Add("chosen arm of each group", model.Best(_successValue));
                Add("best arm for all groups", fixedArm);
                Add(DearestName, _strongest);
                Add($"cheapest arm: {_cheapest}", _cheapest);
                Add("any arm", arms[random.Next(arms.Length)]);

                void Add(string policy, StageArm arm)
                {
                    if (!seen.TryGetValue(policy, out List<Held>? list))
                        seen[policy] = list = [];
                    list.Add(new Held(group, [.. held.Where(run => run.Arm.Equals(arm))], model.Predict(arm)));
                }
            }
        }

        return seen.ToDictionary(pair => pair.Key, pair => Estimate.Of(pair.Value));
    }

    private string DearestName => $"dearest arm: {_strongest}";

    private Dictionary<string, StageModel> Train(StageRun[] train, IReadOnlyList<StageRun> all) => _groups.ToDictionary(
        group => group,
        group =>
        {
            StageRun[] its = [.. train.Where(run => run.Group == group)];
            // a group that is in one fold only cannot be learned without it
            return new StageModel(its.Length > 0 ? its : [.. all.Where(run => run.Group == group)]);
        });

    private StageArm BestForAll(IReadOnlyCollection<StageModel> models) => models.SelectMany(model => model.Arms).Distinct().MaxBy(arm => models.Average(model => model.Earns(arm, _successValue)))!;

    /// <summary>The held-out runs of a choice, and what was predicted of it.</summary>
    private sealed record Held(string Group, IReadOnlyList<StageRun> Runs, (double Score, double Usd) Predicted);

    /// <summary>What a policy did: the means over groups of the means over folds.</summary>
    private sealed record Estimate(double Score, double Usd, int WithoutRuns)
    {
        public static Estimate Of(IReadOnlyList<Held> choices)
        {
            var groups = choices.GroupBy(choice => choice.Group).Select(group =>
            {
                Held[] known = [.. group.Where(choice => choice.Runs.Count > 0)];
                // where no fold knows, the prediction stands in
                return known.Length > 0
                    ? (Score: known.Average(choice => choice.Runs.Average(run => run.Score)), Usd: known.Average(choice => choice.Runs.Average(run => run.Usd)))
                    : (Score: group.Average(choice => choice.Predicted.Score), Usd: group.Average(choice => choice.Predicted.Usd));
            }).ToArray();
            return new Estimate(groups.Average(group => group.Score), groups.Average(group => group.Usd), choices.Count(choice => choice.Runs.Count == 0));
        }
    }
}
