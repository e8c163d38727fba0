namespace AgentRouter.Budgets;

/// <summary>What was booked when a reservation ended.</summary>
/// <param name="Booked">What was spent, all of it.</param>
/// <param name="Reserved">What had been held.</param>
public readonly record struct Settlement(BudgetAmount Booked, BudgetAmount Reserved)
{
    /// <summary>Gets a value indicating whether more was spent than had been held: the provider ignored the output limit.</summary>
    public bool IsOverrun => Booked.Usd > Reserved.Usd || Booked.Tokens > Reserved.Tokens;
}
