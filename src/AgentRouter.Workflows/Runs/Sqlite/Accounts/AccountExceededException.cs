using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>An account has less left than a run may spend; nothing was begun and nothing is held.</summary>
public sealed class AccountExceededException : Exception
{
    internal AccountExceededException(SpendingAccount account, SpendingBalance balance, Money? needed, string runId, bool isNew, DateTimeOffset now)
        : base(Describe(account, balance, needed, runId, isNew, now))
    {
        Account = account;
        Balance = balance;
        Needed = needed;
        LargestBudget = FitsLess(account, balance, needed, isNew) ? balance.LeftOf(account.Limit) : null;
        RenewsAt = account.RenewsAfter(now);
    }

    /// <summary>Gets the account.</summary>
    public SpendingAccount Account { get; }

    /// <summary>Gets what is spent and held in the present period.</summary>
    public SpendingBalance Balance { get; }

    /// <summary>Gets what the run may spend from now on; <see langword="null"/> for a run without a limit of its own, which takes what there is.</summary>
    public Money? Needed { get; }

    /// <summary>Gets the largest budget with which the run could begin; <see langword="null"/> where there is nothing left, and for a run that goes
    /// on: its budget is what it began with.</summary>
    public Money? LargestBudget { get; }

    /// <summary>Gets when the limit begins anew; <see langword="null"/> for never.</summary>
    public DateTimeOffset? RenewsAt { get; }

    private static string Describe(SpendingAccount account, SpendingBalance balance, Money? needed, string runId, bool isNew, DateTimeOffset now)
    {
        Money left = balance.LeftOf(account.Limit);
        string period = account.Period switch
        {
            SpendingPeriod.Day => " a day",
            SpendingPeriod.Month => " a month",
            _ => "",
        };
        string wants = needed is not { } most ? "" : $", and the run '{runId}' may cost {Show(most)}{(isNew ? "" : " more")}";
        string held = balance.Held > Money.Zero ? $", {Show(balance.Held)} is held for runs that go on" : "";
        string renewal = account.RenewsAfter(now) is { } renews
            ? string.Create(CultureInfo.InvariantCulture, $"It begins anew at {renews.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
            : "It does not begin anew.";
        bool helpsToWait = (account.Period != SpendingPeriod.None || balance.Held > Money.Zero) && !(needed > account.Limit);
        string advice = (FitsLess(account, balance, needed, isNew), helpsToWait) switch
        {
            (true, true) => $"Give the run {Show(left)} or less, wait, or raise the account's limit.",
            (true, false) => $"Give the run {Show(left)} or less, or raise the account's limit.",
            (false, true) => "Wait, or raise the account's limit.",
            _ => "Raise the account's limit.",
        };
        return $"The account '{account.Name}' has {Show(left)} left of {Show(account.Limit)}{period}{wants}. {Show(balance.Spent)} is spent{held}. {renewal} {advice}";
    }

    private static bool FitsLess(SpendingAccount account, SpendingBalance balance, Money? needed, bool isNew) =>
        isNew && needed is not null && balance.LeftOf(account.Limit) > Money.Zero;

    private static string Show(Money amount) => "$" + amount.ToUsd().ToString("0.00##########", CultureInfo.InvariantCulture);
}
