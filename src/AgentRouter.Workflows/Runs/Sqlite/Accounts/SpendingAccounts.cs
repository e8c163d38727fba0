using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>The accounts of a store: budgets above a task, kept across processes. Thread-safe.</summary>
/// <remarks>
/// What is spent and what is held never pass the limit together, whatever processes draw at once; only a task that overruns its own grant can
/// pass it, and then it is booked in full. A grant whose run nobody works on any more is settled at what the run's record says it spent, once the
/// claims of its process have run out; until then it stays held.
/// <para>Every member throws <see cref="IOException"/> and <see cref="InvalidDataException"/> as <see cref="SqliteRunStore"/> does.</para>
/// </remarks>
public sealed class SpendingAccounts
{
    private readonly SqliteFile _file;
    private readonly SqliteSession _session;
    private readonly SqliteRunStoreOptions _options;

    internal SpendingAccounts(SqliteFile file, SqliteSession session, SqliteRunStoreOptions options) => (_file, _session, _options) = (file, session, options);

    /// <summary>Holds a part of an account for a run. A grant that the run holds in this account is settled first, at what the run spent.</summary>
    /// <param name="account">The account.</param>
    /// <param name="usd">How much; above zero.</param>
    /// <param name="runId">The run. It has to begin or go on within <see cref="SqliteRunStoreOptions.LeaseTime"/>, or the grant lapses: then the record of
    /// a new run of this id cannot be made.</param>
    /// <param name="cancellationToken">Cancels before anything is held.</param>
    /// <returns>The grant, or <see langword="null"/> when the account has not so much left.</returns>
    public ValueTask<SpendingGrant?> TryGrantAsync(SpendingAccount account, Money usd, string runId, CancellationToken cancellationToken = default)
    {
        if (usd <= Money.Zero)
            throw new ArgumentOutOfRangeException(nameof(usd), usd, "A grant is above zero.");
        cancellationToken.ThrowIfCancellationRequested();
        return new(TryDraw(account, usd, runId, out _));
    }

    /// <summary>Books what a run spent of its grant and gives the rest back.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="spent">What was spent; booked in full, if it is more than was granted too.</param>
    /// <param name="cancellationToken">Cancels before anything is booked.</param>
    /// <exception cref="InvalidOperationException">The grant was settled before.</exception>
    public ValueTask SettleAsync(SpendingGrant grant, Money spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (spent < Money.Zero)
            throw new ArgumentOutOfRangeException(nameof(spent), spent, "Nothing below zero is spent.");
        cancellationToken.ThrowIfCancellationRequested();
        Settle(grant, spent);
        return default;
    }

    /// <summary>Gets what is spent and held in the present period.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public ValueTask<SpendingBalance> BalanceAsync(SpendingAccount account, CancellationToken cancellationToken = default)
    {
        Check(account);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_file.Exists)
            return default;
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        return new(_session.Write(db =>
        {
            GrantTable.CloseAbandoned(db, account.Name, SqliteRow.FromTime(now));
            return GrantTable.Balance(db, account.Name, account.PeriodAt(now));
        }));
    }

    /// <summary>Holds a part of an account, or all that it has left.</summary>
    /// <param name="account">The account.</param>
    /// <param name="usd">How much, above zero; <see langword="null"/> for all that is left.</param>
    /// <param name="runId">The run.</param>
    /// <param name="isNew">Whether the run has not begun.</param>
    /// <exception cref="AccountExceededException">The account has not so much left, or nothing.</exception>
    internal SpendingGrant Draw(SpendingAccount account, Money? usd, string runId, bool isNew) => TryDraw(account, usd, runId, out SpendingBalance balance)
        ?? throw new AccountExceededException(account, balance, usd, runId, isNew, _options.TimeProvider.GetUtcNow());

    /// <summary>Holds a part of an account, or all that it has left, where there is so much.</summary>
    internal SpendingGrant? TryDraw(SpendingAccount account, Money? usd, string runId, out SpendingBalance balance)
    {
        Check(account);
        RunIds.Check(runId);
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        (SpendingGrant? grant, balance) = _session.Write(db =>
        {
            GrantTable.CloseAbandoned(db, account.Name, SqliteRow.FromTime(now));
            GrantTable.CloseOf(db, runId, account.Name);
            string period = account.PeriodAt(now);
            SpendingBalance found = GrantTable.Balance(db, account.Name, period);
            Money left = found.LeftOf(account.Limit), wanted = usd ?? left;
            SpendingGrant? added = wanted > Money.Zero && wanted <= left
                ? GrantTable.Add(db, account.Name, period, runId, wanted, SqliteRow.FromTime(now), (long)_options.LeaseTime.TotalMicroseconds)
                : null;
            return (added, found);
        });
        return grant;
    }

    /// <summary>Holds more for a grant, in the period in which it was made.</summary>
    /// <returns>The larger grant; <see langword="null"/> when the account has not so much left, or the grant was settled.</returns>
    internal SpendingGrant? TryRaise(SpendingAccount account, SpendingGrant grant, Money more)
    {
        Check(account);
        return _session.Write(db => GrantTable.TryRaise(db, grant, account.Limit, more));
    }

    internal void Settle(SpendingGrant grant, Money spent) => _session.Write(db => GrantTable.Settle(db, grant, spent));

    private static void Check(SpendingAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(account.Name);
        if (account.Limit < Money.Zero || !Enum.IsDefined(account.Period))
            throw new ArgumentException($"The limit of account '{account.Name}' is below zero, or its period is none.", nameof(account));
    }
}
