using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Turns recorded outcomes into what a bandit remembers.</summary>
internal static class BanditWarmUp
{
    /// <summary>Gets the outcomes of all models of all rows. The groups take turns, each in its order and by its size: what is forgotten
    /// first, where there is too much, is then the oldest of each group and not all of one.</summary>
    public static IEnumerable<VerifiedStep> Of(IEnumerable<OutcomeRow> rows) => rows
        .GroupBy(row => row.Group)
        .SelectMany(group =>
        {
            OutcomeRow[] ofGroup = [.. group];
            return ofGroup.Select((row, i) => (Row: row, At: (i + 0.5) / ofGroup.Length));
        })
        .OrderBy(entry => entry.At)
        .SelectMany(entry => Of(entry.Row));

    private static IEnumerable<VerifiedStep> Of(OutcomeRow row)
    {
        IReadOnlyList<string> features = BanditFeatures.Of(row);
        foreach ((string model, ModelOutcome outcome) in row.Models)
            yield return new VerifiedStep(model, features, outcome.Score, (double)(outcome.Cost?.ToUsd() ?? 0));
    }
}
