using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Caps;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation.Caps;

/// <summary>Small tables of models a, b, c, … made by hand.</summary>
internal static class CapTables
{
    public static OutcomeTable Outcomes(params (bool Solved, decimal Usd)[][] rows) => new(
    [
        .. rows.Select((runs, row) => new OutcomeRow
        {
            Id = $"task-{row}",
            Models = runs.Select((run, model) => (Name: Model(model), run)).ToDictionary(
                entry => entry.Name,
                entry => new ModelOutcome { Score = entry.run.Solved ? 1 : 0, Cost = Money.FromUsd(entry.run.Usd) }),
        }),
    ]);

    public static CapTable Of(params (bool Solved, decimal Usd)[][] rows) => CapTable.Of(Outcomes(rows), [.. rows[0].Select((_, model) => Model(model))]);

    public static string Model(int model) => ((char)('a' + model)).ToString();
}
