namespace AgentRouter.Budgets;

/// <summary>The limits of a task. A limit that is not set does not bind.</summary>
public sealed record Budget
{
    /// <summary>Gets the most money the task may cost, in USD.</summary>
    public decimal? Usd { get; init; }

    /// <summary>Gets the most tokens the task may use, all four buckets together.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the most LLM calls.</summary>
    public long? Calls { get; init; }

    /// <summary>Gets the most steps: LLM calls and tool calls.</summary>
    public long? Steps { get; init; }

    /// <summary>Gets the longest the task may take.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Gets how strictly the limits are kept. The default is <see cref="BudgetMode.Enforce"/>.</summary>
    public BudgetMode Mode { get; init; }

    /// <summary>Gets what happens when the next call does not fit. The default is <see cref="OnExceeded.WrapUp"/>.</summary>
    public OnExceeded OnExceeded { get; init; }

    /// <summary>Gets the share of every limit that is kept for the last answer when <see cref="OnExceeded"/> is
    /// <see cref="OnExceeded.WrapUp"/>, between 0 and 0.5. The default is 0.1.</summary>
    public decimal ReserveForWrapUp { get; init; } = 0.1m;

    /// <summary>Gets a budget without limits: everything is counted, nothing is refused.</summary>
    public static Budget Unlimited { get; } = new() { Mode = BudgetMode.Audit };

    /// <summary>Checks the limits.</summary>
    /// <returns>This budget.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative or the reserve is not between 0 and 0.5.</exception>
    public Budget Validate()
    {
        NotNegative(Usd, nameof(Usd));
        NotNegative(Tokens, nameof(Tokens));
        NotNegative(Calls, nameof(Calls));
        NotNegative(Steps, nameof(Steps));
        if (Time < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(Time), Time, "A budget's time is not negative.");
        if (ReserveForWrapUp is < 0 or > 0.5m)
            throw new ArgumentOutOfRangeException(nameof(ReserveForWrapUp), ReserveForWrapUp, "The reserve for the last answer is between 0 and 0.5 of the budget.");
        return this;
    }

    private static void NotNegative(decimal? value, string name)
    {
        if (value < 0)
            throw new ArgumentOutOfRangeException(name, value, "A budget's limit is not negative.");
    }
}
