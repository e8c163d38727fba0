using AgentRouter.Pricing;

namespace AgentRouter.Budgets;

/// <summary>An amount in each dimension that is spent by calls.</summary>
/// <param name="Usd">Money.</param>
/// <param name="Tokens">Tokens, all four buckets together.</param>
/// <param name="Calls">LLM calls.</param>
/// <param name="Steps">Steps: LLM calls and tool calls.</param>
public readonly record struct BudgetAmount(Money Usd, long Tokens, long Calls, long Steps)
{
    /// <summary>Gets the amount of one tool call that costs no money.</summary>
    public static BudgetAmount OneStep => new(Money.Zero, 0, 0, 1);

    internal const int Dimensions = 4;

    internal long this[int dimension] => dimension switch
    {
        0 => Usd.Picodollars,
        1 => Tokens,
        2 => Calls,
        _ => Steps,
    };

    /// <summary>Makes the amount of one LLM call.</summary>
    /// <param name="usd">What it costs.</param>
    /// <param name="tokens">All its tokens.</param>
    public static BudgetAmount OneCall(Money usd, long tokens) => new(usd, tokens, 1, 1);
}
