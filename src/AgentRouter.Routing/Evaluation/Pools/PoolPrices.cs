using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation.Pools;

/// <summary>What the models of a table cost: recorded dollars where every outcome has them, else prices per million tokens, else nothing.</summary>
internal sealed class PoolPrices
{
    private readonly Func<ModelOutcome, double>? _price;

    /// <summary>Finds out what the table knows.</summary>
    public PoolPrices(OutcomeTable table, IReadOnlyList<string> models)
    {
        if (All(table, models, outcome => outcome.Cost is not null))
        {
            Unit = "usd a task";
            IsRecorded = true;
            _price = outcome => (double)outcome.Cost!.Value.ToUsd();
        }
        else if (All(table, models, outcome => outcome.UsdPerMillionTokens is not null))
        {
            Unit = "usd per million tokens";
            _price = outcome => (double)outcome.UsdPerMillionTokens!.Value;
        }
    }

    /// <summary>Gets the unit, or <see langword="null"/> when prices are not known.</summary>
    public string? Unit { get; }

    /// <summary>Gets a value indicating whether the prices are recorded costs, which differ from row to row and are not known before a call.</summary>
    public bool IsRecorded { get; }

    /// <summary>Gets what an outcome cost; 0 when that is not known.</summary>
    public double Of(ModelOutcome outcome) => _price is null ? 0 : _price(outcome);

    private static bool All(OutcomeTable table, IReadOnlyList<string> models, Func<ModelOutcome, bool> knows) =>
        table.Rows.All(row => models.All(model => knows(row.Models[model])));
}
