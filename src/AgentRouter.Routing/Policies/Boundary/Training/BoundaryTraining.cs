using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Trains a boundary policy from an outcome table: the ladder, the measurement, the model and its card.</summary>
internal static class BoundaryTraining
{
    /// <summary>The fewest rows a policy is made of: below, it hardly beats its baselines.</summary>
    public const int LeastRows = 100;

    private static readonly string[][] TierNames = [[], [], ["small", "large"], ["small", "medium", "large"]];

    /// <summary>Trains.</summary>
    /// <param name="table">The outcomes.</param>
    /// <param name="request">What to train.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="ConfigurationException">The table does not have what is needed.</exception>
    public static BoundaryTrained Train(OutcomeTable table, BoundaryTrainingRequest request, CancellationToken cancellationToken)
    {
        OutcomeTable priced = table.WithCosts(request.Costs);
        string[] models = Ladder(priced, request.Ladder);
        IReadOnlyList<OutcomeRow> rows = priced.With(models).Rows;
        bool isVerified = request.IsVerified ?? rows.Count(row => row.IsVerified) * 2 > rows.Count;
        BoundaryRung[] rungs = [.. models.Select((model, i) => new BoundaryRung(model, models.Length < TierNames.Length ? TierNames[models.Length][i] : null) { UsdPerMillionTokens = PriceOf(rows, model) })];
        bool byRisk = request.ByRisk ?? BoundaryClassing.PrefersRisk(rows);
        BoundaryClassing Classing(IReadOnlyList<OutcomeRow> of, CancellationToken token) =>
            byRisk ? BoundaryClassing.ByRisk(of, models, request.Seed, token) : BoundaryClassing.ByGroup;
        var validation = new BoundaryValidation(priced, rungs, Classing, isVerified, request.Seed);
        if (validation.Tasks < request.Folds)
            throw new ConfigurationException($"The table has {validation.Tasks} tasks with outcomes of {string.Join(" and ", models)}; {request.Folds} folds need at least as many. Calibrate with more tasks.");
        bool isOneStep = BoundaryMeanValidation.Fits(rows, isVerified);
        IReadOnlyList<BoundaryFigures> figures = isOneStep
            ? new BoundaryMeanValidation(rows, rungs, Classing, request.Seed).Measure(request.Folds, cancellationToken)
            : validation.Measure(request.Folds, cancellationToken);
        BoundaryClassing classes = Classing(rows, cancellationToken);
        BoundaryModel model = BoundaryTrainer.Train(new OutcomeTable(rows), rungs, classes.Known, isVerified) with { Risk = classes.Risk };
        var card = new PolicyCard
        {
            Description = request.Description,
            Data = [.. request.Files.Select(Path.GetFileName).Select(name => name ?? "")],
            DataHash = priced.With(models).ComputeHash(),
            Rows = rows.Count,
            Seed = request.Seed,
            Metrics = figures.ToDictionary(entry => $"success at five {(isOneStep ? "mean costs" : "caps")}, {entry.Policy}", entry => Math.Round(entry.Success, 6)),
            Notes = [.. Notes(rows, request, isVerified)],
            RowHashes = RowHashes.Of(rows),
        };
        return new BoundaryTrained(model, card, figures, isOneStep, Taxonomy.Of(rows, models[0], models[^1]), rows.Count, validation.Tasks);
    }

    private static IEnumerable<string> Notes(IReadOnlyList<OutcomeRow> rows, BoundaryTrainingRequest request, bool isVerified)
    {
        yield return isVerified ? "Steps are taken as verified: a wrong one is seen and may be tried again." : "Steps are not verified: a wrong one is lost.";
        yield return $"Figures are cross-validated over {request.Folds} folds of whole tasks, replayed from recorded outcomes.";
        if (rows.Count < LeastRows)
            yield return $"Trained on fewer than {LeastRows} rows.";
    }

    private static string[] Ladder(OutcomeTable table, IReadOnlyList<string> named)
    {
        if (named.Count > 0)
        {
            return named.Distinct().Count() == named.Count
                ? [.. named]
                : throw new ConfigurationException($"--ladder names a model twice: {string.Join(",", named)}. Name each once, the cheapest first.");
        }

        if (table.Models.Count < 2)
            throw new ConfigurationException($"The table has one model, {table.Models[0]}: there is nothing to choose from. Run the tasks with another model too: 'agentrouter route calibrate' does.");
        if (table.Models.Count > 3)
            throw new ConfigurationException($"The table has {table.Models.Count} models. Name two to {BoundaryModel.MaxRungs} of them with --ladder, the cheapest first: {string.Join(", ", table.Models)}.");
        return [.. table.Models.OrderBy(model => MeanCost(table, model)).ThenBy(model => model, StringComparer.Ordinal)];
    }

    private static double MeanCost(OutcomeTable table, string model) =>
        table.Rows.Where(row => row.Models.ContainsKey(model)).Average(row => (double)(row.Models[model].Cost ?? Money.Zero).ToUsd());

    // what a token cost, where tokens were counted
    private static double? PriceOf(IReadOnlyList<OutcomeRow> rows, string model)
    {
        long tokens = 0;
        decimal usd = 0;
        foreach (ModelOutcome outcome in rows.Select(row => row.Models[model]))
        {
            if (outcome is not { Cost: { } cost, InputTokens: { } input, OutputTokens: { } output })
                return null;
            tokens += input + output;
            usd += cost.ToUsd();
        }

        return tokens > 0 ? Math.Round((double)(usd / tokens * 1_000_000), 6) : null;
    }
}

/// <summary>What to train.</summary>
internal sealed record BoundaryTrainingRequest
{
    /// <summary>Gets the files the table was read from.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Gets the models, the cheapest first; empty for all of the table.</summary>
    public IReadOnlyList<string> Ladder { get; init; } = [];

    /// <summary>Gets what a step costs with a model where the table does not say.</summary>
    public IReadOnlyDictionary<string, Money> Costs { get; init; } = new Dictionary<string, Money>();

    /// <summary>Gets whether steps are verified; <see langword="null"/> goes by the rows.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>Gets whether classes are bands of predicted gain instead of groups; <see langword="null"/> goes by the rows.</summary>
    public bool? ByRisk { get; init; }

    /// <summary>Gets the parts of the cross-validation.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets what the card says the policy is for.</summary>
    public string Description { get; init; } = "";
}

/// <summary>What came of training.</summary>
/// <param name="Model">The model.</param>
/// <param name="Card">Its card.</param>
/// <param name="Figures">The figures, the boundary policy's first.</param>
/// <param name="IsAtMeanCosts">Whether the figures are at mean costs and not at caps of each task.</param>
/// <param name="Taxonomy">How hard the rows are.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Tasks">The tasks.</param>
internal sealed record BoundaryTrained(
    BoundaryModel Model, PolicyCard Card, IReadOnlyList<BoundaryFigures> Figures, bool IsAtMeanCosts, Taxonomy Taxonomy, int Rows, int Tasks)
{
    /// <summary>Gets whether the policy is worth saving, and by which rule.</summary>
    public BoundaryVerdict Verdict { get; } = BoundaryVerdict.Of(Figures, Rows, IsAtMeanCosts);
}
