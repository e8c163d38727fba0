using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>An account in the present period.</summary>
/// <param name="Spent">What its tasks spent.</param>
/// <param name="Held">What is held for tasks that go on.</param>
public readonly record struct SpendingBalance(Money Spent, Money Held)
{
    /// <summary>Gets what a limit leaves for other tasks; zero where a task overran its grant.</summary>
    /// <param name="limit">The account's limit.</param>
    public Money LeftOf(Money limit) => Money.Max(Money.Zero, limit - Spent - Held);
}
