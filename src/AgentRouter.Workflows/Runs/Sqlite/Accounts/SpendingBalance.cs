using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>An account in the present period.</summary>
/// <param name="Spent">What its tasks spent.</param>
/// <param name="Held">What is held for tasks that go on.</param>
public readonly record struct SpendingBalance(Money Spent, Money Held);
