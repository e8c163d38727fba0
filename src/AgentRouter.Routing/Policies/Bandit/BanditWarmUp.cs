using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Turns recorded outcomes into what a bandit remembers.</summary>
internal static class BanditWarmUp
{
    /// <summary>Gets the outcomes of all models of all rows; the groups take turns.</summary>
    public static IEnumerable<VerifiedStep> Of(IEnumerable<OutcomeRow> rows) => rows.InTurns().SelectMany(Of);

    private static IEnumerable<VerifiedStep> Of(OutcomeRow row)
    {
        IReadOnlyList<string> features = BanditFeatures.Of(row);
        foreach ((string model, ModelOutcome outcome) in row.Models)
            yield return new VerifiedStep(model, features, outcome.Score, (double)(outcome.Cost?.ToUsd() ?? 0));
    }
}
