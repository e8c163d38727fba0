using System.Globalization;
using AgentRouter.Pricing;

namespace AgentRouter.Budgets;

/// <summary>Why a reservation did not fit.</summary>
/// <param name="Dimension">The limit that was hit.</param>
/// <param name="Limit">The limit: picodollars, a count, or milliseconds.</param>
/// <param name="Spent">What was booked, in the same unit.</param>
/// <param name="Reserved">What was held, in the same unit.</param>
/// <param name="Needed">What was asked for, in the same unit.</param>
public sealed record BudgetRefusal(BudgetDimension Dimension, long Limit, long Spent, long Reserved, long Needed)
{
    /// <summary>Writes the refusal for people.</summary>
    public override string ToString() =>
        $"the budget of {Show(Limit)} has {Show(Spent)} spent and {Show(Reserved)} held; the next call may need {Show(Needed)}";

    private string Show(long value) => Dimension switch
    {
        BudgetDimension.Usd => Money.FromPicodollars(value).ToString(),
        BudgetDimension.Time => TimeSpan.FromMilliseconds(value).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
        _ => value.ToString("N0", CultureInfo.InvariantCulture) + " " + Dimension.ToString().ToLowerInvariant(),
    };
}
