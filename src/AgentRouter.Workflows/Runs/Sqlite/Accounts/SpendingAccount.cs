using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>A budget above tasks, from which they draw: a user's day, a team's month.</summary>
/// <param name="Name">Its name, as <c>user:anna</c>.</param>
/// <param name="Period">How often the limit begins anew. A grant counts in the period in which it was made.</param>
/// <param name="Limit">The most that its tasks may spend in a period.</param>
public sealed record SpendingAccount(string Name, SpendingPeriod Period, Money Limit)
{
    internal string PeriodAt(DateTimeOffset time) => Period switch
    {
        SpendingPeriod.Day => Records.SpendTable.DayOf(time),
        SpendingPeriod.Month => Records.SpendTable.DayOf(time)[..7],
        _ => "",
    };
}
