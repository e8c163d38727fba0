using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Evaluation.Pools;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>Measures trained requirements by cross-validation over whole tasks: predictor, strengths and expected costs are those of the
/// other folds, costs and scores are the recorded ones.</summary>
internal sealed class CapabilityValidation
{
    // what a gain of success is measured against: of the gains that were predicted, only the largest are cut
    private const double WholeGainQuantile = 0.95;
    private const double LeastWholeGain = 0.02;

    private readonly IReadOnlyList<OutcomeRow> _rows;
    private readonly IReadOnlyList<string> _models;
    private readonly CapabilityTrainingRequest _request;
    private readonly double[][] _scores, _costs, _success, _expected;
    private readonly double[][][] _strengths;
    private readonly EqualCost _baselines;
    private readonly int _seed;

    /// <summary>Prepares a measurement.</summary>
    /// <param name="table">The rows; each has all models.</param>
    /// <param name="models">The models.</param>
    /// <param name="request">Folds, seed, configured strengths, and how success is predicted.</param>
    /// <exception cref="ConfigurationException">Costs are not known.</exception>
    public CapabilityValidation(OutcomeTable table, IReadOnlyList<string> models, CapabilityTrainingRequest request)
    {
        _rows = table.Rows;
        _models = models;
        _request = request;
        _seed = request.Seed;
        var prices = new PoolPrices(table, models);
        CostUnit = prices.Unit ?? throw new ConfigurationException(
            $"The table does not say what each row costs with each of {string.Join(", ", models)}, and the cheapest model that is strong enough is to be found. --cost {models[0]}=USD names the cost of a row.");
        _scores = Cells(row => row.Score);
        _costs = Cells(prices.Of);
        _success = Cells(_ => 0);
        _expected = Cells(_ => 0);
        _strengths = new double[_rows.Count][][];
        _baselines = new EqualCost(_rows, _scores, _costs);
    }

    /// <summary>Gets what is counted as cost.</summary>
    public string CostUnit { get; }

    /// <summary>Gets the gain of predicted success whose loss is a shortfall of 1.</summary>
    public double WholeGain { get; private set; }

    /// <summary>Gets the thresholds that are measured.</summary>
    public static IReadOnlyList<double> Taus { get; } = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7];

    /// <summary>Gets each single model, the best first.</summary>
    public IReadOnlyList<SingleModel> Singles => [.. _models
        .Select((model, i) => new SingleModel(model, _baselines.MeanScores[i], _baselines.MeanCosts[i])).OrderByDescending(single => single.Score).ThenBy(single => single.Cost)];

    /// <summary>Measures the policy as it is trained; the same by the strengths of the models alone, as if each had been added later; and, where
    /// rows have prompts, the rules.</summary>
    /// <param name="cancellationToken">Cancels the training.</param>
    public IReadOnlyList<CapabilityFigures> Measure(CancellationToken cancellationToken)
    {
        int[] fold = Folds.OfTasks(_rows, _request.Folds, _seed);
        for (int held = 0; held < _request.Folds; held++)
            Fill([.. _rows.Where((_, row) => fold[row] != held)], [.. Enumerable.Range(0, fold.Length).Where(row => fold[row] == held)], unchecked(_seed * 31 + held), cancellationToken);
        WholeGain = Math.Max(LeastWholeGain, Quantile.OfSorted([.. _success.Select((success, row) => success.Max() - success[Weakest(_strengths[row])]).Order()], WholeGainQuantile));
        List<CapabilityFigures> figures =
        [
            Figures(CapabilityDefaults.Name, (row, shortfalls) =>
            {
                for (int model = 0; model < shortfalls.Length; model++)
                    shortfalls[model] = RequestReading.ShortfallOf(_success[row], model, WholeGain);
            }),
            Figures("by strengths", ByProfile((row, places, required) => places.Of(_success[row], required))),
        ];
        if (_baselines.HasPrompts)
            figures.Add(Figures("by rules", ByProfile((row, _, required) => RuleRequirements.Read(_rows[row].Prompt!, required))));
        return figures;
    }

    private void Fill(OutcomeRow[] train, int[] tested, int seed, CancellationToken cancellationToken)
    {
        var predictor = SuccessPredictor.Train(new OutcomeTable(train), _models, _request.Predictor, seed, cancellationToken);
        double[][] strengths = TableStrengths.Of(train, _models);
        TableStrengths.Configure(strengths, _models, _request.Strengths);
        var prices = new PoolPrices(new OutcomeTable(train), _models);
        var costs = new GroupMeans(train, _models, prices.Of);
        foreach (int row in tested)
        {
            predictor.Predict(_rows[row].Prompt, _rows[row].Group, _rows[row].Id, _success[row]);
            _strengths[row] = strengths;
            _expected[row] = [.. costs.In(_rows[row].Group)];
        }
    }

    private Action<int, double[]> ByProfile(Action<int, RequiredPlaces, double[]> read)
    {
        var required = new double[ModelStrengths.Count];
        RequiredPlaces? places = null;
        double[][]? strengths = null;
        return (row, shortfalls) =>
        {
            // the rows of a fold share their strengths
            if (!ReferenceEquals(strengths, _strengths[row]))
                places = new RequiredPlaces(strengths = _strengths[row]);
            double[] weights = Shortfall.Weights(places!.Bands);
            read(row, places, required);
            for (int model = 0; model < shortfalls.Length; model++)
                shortfalls[model] = Shortfall.Of(required, [.. strengths![model].Select((strength, k) => places.Bands[k].PlaceOf(strength))], weights);
        };
    }

    private CapabilityFigures Figures(string name, Action<int, double[]> read)
    {
        double[][] shortfalls = Cells(_ => 0);
        for (int row = 0; row < _rows.Count; row++)
            read(row, shortfalls[row]);
        double[][] scores = [.. Taus.Select(tau => Chosen(shortfalls, tau, _scores))];
        double[] costs = [.. Taus.Select(tau => Chosen(shortfalls, tau, _costs).Average())];
        double[] overMix = MeanOver([.. costs.Select((cost, i) => Minus(scores[i], _baselines.Mix(cost)))]);
        double[]? overLength = _baselines.HasPrompts ? MeanOver([.. costs.Select((cost, i) => Minus(scores[i], _baselines.Length(cost)))]) : null;
        return new CapabilityFigures(name, [.. Taus.Select((tau, i) => Point(tau, scores[i], costs[i]))])
        {
            OverMix = overMix.Average(),
            OverMixInterval = Bootstrap.OfMean(overMix, _seed),
            OverLength = overLength?.Average(),
            OverLengthInterval = overLength is null ? null : Bootstrap.OfMean(overLength, _seed),
        };
    }

    private CapabilityPoint Point(double tau, double[] scores, double cost)
    {
        double[] over = Minus(scores, [.. _scores.Select(row => row[_baselines.Best])]);
        return new CapabilityPoint
        {
            Tau = tau,
            Score = scores.Average(),
            ScoreInterval = Bootstrap.OfMean(scores, _seed),
            Cost = cost,
            CostShare = cost / Math.Max(1e-12, _baselines.MeanCosts[_baselines.Best]),
            OverBest = over.Average(),
            OverBestInterval = Bootstrap.OfMean(over, _seed),
            OverMix = Minus(scores, _baselines.Mix(cost)).Average(),
        };
    }

    private double[] Chosen(double[][] shortfalls, double tau, double[][] cells) =>
        [.. shortfalls.Select((shortfall, row) => cells[row][Shortfall.Choose<double>(shortfall, _expected[row], tau)])];

    private static int Weakest(double[][] strengths) => Enumerable.Range(0, strengths.Length).MinBy(model => strengths[model].Sum());

    private static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double[] MeanOver(double[][] perTau) => [.. Enumerable.Range(0, perTau[0].Length).Select(row => perTau.Average(differences => differences[row]))];

    private double[][] Cells(Func<ModelOutcome, double> value) => [.. _rows.Select(row => _models.Select(model => value(row.Models[model])).ToArray())];
}
