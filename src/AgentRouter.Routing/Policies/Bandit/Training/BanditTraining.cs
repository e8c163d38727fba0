using AgentRouter.Configuration;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Bandit.Training;

/// <summary>Warms a bandit up with an outcome table and measures what that is worth.</summary>
internal static class BanditTraining
{
    /// <summary>The fewest rows a choice is measured on: below, one model for all is hardly told apart from another.</summary>
    public const int LeastRows = 100;

    /// <summary>Warms up.</summary>
    /// <param name="table">The outcomes. A row that lacks a model teaches what it knows, but is not measured.</param>
    /// <param name="request">What to choose from, and how to measure.</param>
    /// <param name="cancellationToken">Cancels the measuring.</param>
    /// <exception cref="ConfigurationException">The table does not have what is needed.</exception>
    public static BanditTrained Train(OutcomeTable table, BanditTrainingRequest request, CancellationToken cancellationToken)
    {
        string[] models = request.Models.Count > 0 ? [.. request.Models] : [.. table.Models];
        if (models.Distinct().Count() < 2)
            throw new ConfigurationException($"There is one model only, {models[0]}: there is nothing to choose from.");
        OutcomeTable rows = table.WithCosts(request.Costs).Only(models);
        OutcomeRow[] measured = [.. rows.Rows.Where(row => models.All(row.Models.ContainsKey))];
        IReadOnlyList<BanditFigures> figures = measured.Length < LeastRows ? [] : new BanditValidation(rows.Rows, measured, models, request).Measure(cancellationToken);
        return new BanditTrained(
            [.. BanditWarmUp.Of(rows.Rows).TakeLast(BanditDefaults.Remembered)], rows.Rows.Count, measured.Length,
            rows.Rows.All(row => row.Models.Values.All(outcome => outcome.Cost is not null)), figures);
    }
}
