using System.Globalization;
using AgentRouter.Pricing;

namespace AgentRouter.Budgets;

/// <summary>A budget above tasks, from which they draw: a user's day, a team's month.</summary>
/// <param name="Name">Its name, as <c>user:anna</c>.</param>
/// <param name="Period">How often the limit begins anew. A grant counts in the period in which it was made.</param>
/// <param name="Limit">The most that its tasks may spend in a period.</param>
public sealed record SpendingAccount(string Name, SpendingPeriod Period, Money Limit)
{
    /// <summary>Names the period that a time is in: <c>2026-11-22</c>, <c>2026-11</c>, or nothing for an account whose limit never begins anew.</summary>
    /// <param name="time">The time.</param>
    public string PeriodAt(DateTimeOffset time) => Period switch
    {
        SpendingPeriod.Day => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        SpendingPeriod.Month => time.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Gets when the limit begins anew after a time; <see langword="null"/> for never.</summary>
    /// <param name="time">The time.</param>
    public DateTimeOffset? RenewsAfter(DateTimeOffset time)
    {
        var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return Period switch
        {
            SpendingPeriod.Day => day.AddDays(1),
            SpendingPeriod.Month => day.AddDays(1 - day.Day).AddMonths(1),
            _ => null,
        };
    }
}
