using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>Trains requirements from an outcome table: the measurement, the model and its card.</summary>
internal static class CapabilityTraining
{
    /// <summary>The fewest rows requirements are learned from: below, the predictor hardly beats its baselines.</summary>
    public const int LeastRows = 100;

    /// <summary>Trains.</summary>
    /// <param name="table">The outcomes.</param>
    /// <param name="request">What to train.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="ConfigurationException">The table does not have what is needed.</exception>
    public static CapabilityTrained Train(OutcomeTable table, CapabilityTrainingRequest request, CancellationToken cancellationToken)
    {
        string[] models = request.Ladder.Count > 0 ? [.. request.Ladder] : [.. table.Models];
        if (models.Distinct().Count() < models.Length)
            throw new ConfigurationException($"--ladder names a model twice: {string.Join(",", models)}. Name each once, the cheapest first.");
        if (models.Length is < 2 or > SuccessPredictor.MaxModels)
            throw new ConfigurationException($"Requirements are learned from 2 to {SuccessPredictor.MaxModels} models, not {models.Length}.");
        OutcomeTable rows = table.WithCosts(request.Costs).With(models);
        var validation = new CapabilityValidation(rows, models, request);
        IReadOnlyList<CapabilityFigures> figures = validation.Measure(cancellationToken);
        var predictor = SuccessPredictor.Train(rows, models, request.Predictor, request.Seed, cancellationToken);
        double[][] strengths = [.. TableStrengths.Of(rows.Rows, models).Select(model => model.Select(strength => Math.Round(strength, 4)).ToArray())];
        TableStrengths.Configure(strengths, models, request.Strengths);
        double tau = Tau(figures[0]);
        var card = new PolicyCard
        {
            Description = request.Description,
            Data = [.. request.Files.Select(Path.GetFileName).Select(name => name ?? "")],
            DataHash = rows.ComputeHash(),
            Rows = rows.Rows.Count,
            Seed = request.Seed,
            Metrics = Metrics(figures, validation.Singles),
            Notes = [.. Notes(request, tau)],
            RowHashes = RowHashes.Of(rows.Rows),
        };
        return new CapabilityTrained(
            new CapabilityModel(predictor, strengths, Math.Round(validation.WholeGain, 6), tau), card, figures, validation.Singles, validation.CostUnit, rows.Rows.Count);
    }

    // as cheap as possible without being worse than the best single model; where it is always worse, as good as possible
    private static double Tau(CapabilityFigures figures) =>
        (figures.Points.LastOrDefault(point => point.OverBest >= 0) ?? figures.Points.MaxBy(point => point.Score)!).Tau;

    private static Dictionary<string, double> Metrics(IReadOnlyList<CapabilityFigures> figures, IReadOnlyList<SingleModel> singles)
    {
        var metrics = new Dictionary<string, double>
        {
            ["over the best mix of single models at equal cost"] = Math.Round(figures[0].OverMix, 6),
        };
        if (figures[0].OverLength is { } overLength)
            metrics["over length at equal cost"] = Math.Round(overLength, 6);
        foreach (CapabilityPoint point in figures[0].Points)
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"tau {point.Tau}");
            metrics[$"score, {at}"] = Math.Round(point.Score, 6);
            metrics[$"cost, {at}"] = Math.Round(point.Cost, 8);
        }

        foreach (SingleModel single in singles)
            metrics[$"score, always {single.Model}"] = Math.Round(single.Score, 6);
        return metrics;
    }

    private static IEnumerable<string> Notes(CapabilityTrainingRequest request, double tau)
    {
        yield return $"Figures are cross-validated over {request.Folds} folds of whole tasks, replayed from recorded outcomes.";
        yield return string.Create(CultureInfo.InvariantCulture, $"tau {tau} is the largest measured one that is not worse than the best single model or, where all are, the one with the highest score.");
        yield return request.Strengths.Count > 0
            ? "Strengths are configured in the dimensions in which every model has one, else mean scores in the table."
            : "Strengths are mean scores in the table, weighted by what rows require of a dimension by the rules.";
    }
}
