using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;

namespace AgentRouter.Cli.Commands.Accounts;

/// <summary>An account in the present period.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">What is spent and held.</param>
/// <param name="RenewsAt">When the limit begins anew; <see langword="null"/> for never.</param>
internal sealed record AccountRow(SpendingAccount Account, SpendingBalance Balance, DateTimeOffset? RenewsAt)
{
    /// <summary>Gets what other runs may still draw.</summary>
    public Money Left => Balance.LeftOf(Account.Limit);

    /// <summary>Gets the period as the configuration writes it, or <see langword="null"/> for one that does not end.</summary>
    public string? Per => Account.Period switch
    {
        SpendingPeriod.Day => "day",
        SpendingPeriod.Month => "month",
        _ => null,
    };
}
