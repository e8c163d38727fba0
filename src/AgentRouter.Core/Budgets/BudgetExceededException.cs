namespace AgentRouter.Budgets;

/// <summary>Thrown when the next call does not fit an enforced budget; nothing was sent.</summary>
public sealed class BudgetExceededException : Exception
{
    /// <summary>Makes the exception from a refusal.</summary>
    /// <param name="refusal">Why the reservation did not fit.</param>
    /// <param name="onExceeded">What the budget says should happen now.</param>
    public BudgetExceededException(BudgetRefusal refusal, OnExceeded onExceeded)
        : base($"The budget is used up: {refusal}. Raise the limit, or choose cheaper tiers.")
    {
        Refusal = refusal;
        OnExceeded = onExceeded;
    }

    /// <summary>Gets why the reservation did not fit.</summary>
    public BudgetRefusal Refusal { get; }

    /// <summary>Gets what the budget says should happen now.</summary>
    public OnExceeded OnExceeded { get; }
}
