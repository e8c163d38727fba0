namespace AgentRouter.Budgets;

/// <summary>What a limit is counted in.</summary>
public enum BudgetDimension
{
    /// <summary>Money, in picodollars.</summary>
    Usd,

    /// <summary>Tokens, all four buckets together.</summary>
    Tokens,

    /// <summary>LLM calls.</summary>
    Calls,

    /// <summary>Steps: LLM calls and tool calls.</summary>
    Steps,

    /// <summary>Wall-clock time.</summary>
    Time,
}
