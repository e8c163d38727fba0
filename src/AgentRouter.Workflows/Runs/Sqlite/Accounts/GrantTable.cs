using AgentRouter.Pricing;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Records;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>The grants of all accounts, and what was spent of them.</summary>
/// <remarks>A grant is open while <c>spent</c> is null. One that the store closed, because nobody worked on its run, is marked: should its run be
/// heard of again, what the store did not know of is booked.</remarks>
internal static class GrantTable
{
    public static SpendingGrant Add(SqliteStatements db, string account, string period, string runId, Money usd, long now, long length)
    {
        long id = db.Number(
            "INSERT INTO grants(account, period, run, held, base, length, until) VALUES(?1, ?2, ?3, ?4, coalesce((SELECT spent FROM runs WHERE name = ?3), 0), ?5, ?6) RETURNING id",
            account, period, runId, usd.Picodollars, length, now + length)!.Value;
        return new SpendingGrant(id, account, runId, usd);
    }

    public static SpendingBalance Balance(SqliteStatements db, string account, string period) => new(
        Money.FromPicodollars(db.Number("SELECT spent FROM balances WHERE account = ?1 AND period = ?2", account, period) ?? 0),
        Money.FromPicodollars(db.Number("SELECT sum(held) FROM grants WHERE account = ?1 AND period = ?2 AND spent IS NULL", account, period) ?? 0));

    /// <summary>Holds more for an open grant, where its period has so much left.</summary>
    public static SpendingGrant? TryRaise(SqliteStatements db, SpendingGrant grant, Money limit, Money more)
    {
        if (db.First("SELECT period FROM grants WHERE id = ?1 AND spent IS NULL", static row => row.Text(0), grant.Id) is not { } period
            || more > Balance(db, grant.Account, period).LeftOf(limit))
            return null;
        db.Execute("UPDATE grants SET held = held + ?2 WHERE id = ?1", grant.Id, more.Picodollars);
        return grant with { Usd = grant.Usd + more };
    }

    /// <summary>Books what the holder of a grant says it spent.</summary>
    public static void Settle(SqliteStatements db, SpendingGrant grant, Money spent)
    {
        (string Account, string Period, long? Spent, bool IsClosedByStore)? found = db.First(
            "SELECT account, period, spent, closed FROM grants WHERE id = ?1",
            static row => ((string, string, long?, bool)?)(row.Text(0), row.Text(1), row.NumberOrNull(2), row.Number(3) != 0), grant.Id);
        if (found is not { } stored || (stored.Spent is not null && !stored.IsClosedByStore))
            throw new InvalidOperationException($"The grant of account '{grant.Account}' to run '{grant.RunId}' was settled before.");
        long missing = Math.Max(0, spent.Picodollars - (stored.Spent ?? 0));
        db.Execute("UPDATE grants SET spent = ?2, closed = 0 WHERE id = ?1", grant.Id, (stored.Spent ?? 0) + missing);
        Book(db, stored.Account, stored.Period, missing);
    }

    /// <summary>Closes the open grants of an account whose runs nobody works on, and whose time to begin is over.</summary>
    public static void CloseAbandoned(SqliteStatements db, string account, long now)
    {
        // a clock that was set back: from now on, as for the claims on runs
        db.Execute("UPDATE grants SET until = ?2 + length WHERE account = ?1 AND spent IS NULL AND until > ?2 + length", account, now);
        foreach (string runId in db.Query(
            "SELECT DISTINCT run FROM grants WHERE account = ?1 AND spent IS NULL AND until <= ?2", static row => row.Text(0), account, now))
        {
            if (RunTable.Find(db, runId) is not { } run || RunLease.Living(db, run, runId, now) is null)
                CloseOf(db, runId, account);
        }
    }

    /// <summary>Closes the open grants of a run at what its record says it spent, in one account or in all.</summary>
    public static void CloseOf(SqliteStatements db, string runId, string? account = null)
    {
        long total = db.Number("SELECT spent FROM runs WHERE name = ?1", runId) ?? 0;
        foreach ((long id, string owner, string period, long before) in db.Query(
            "SELECT id, account, period, base FROM grants WHERE run = ?1 AND spent IS NULL AND (?2 IS NULL OR account = ?2)",
            static row => (row.Number(0), row.Text(1), row.Text(2), row.Number(3)),
            runId, account))
        {
            long spent = Math.Max(0, total - before);
            db.Execute("UPDATE grants SET spent = ?2, closed = 1 WHERE id = ?1", id, spent);
            Book(db, owner, period, spent);
        }
    }

    /// <summary>Tells whether money was granted to a run that did not begin in time, and was given back.</summary>
    public static bool IsLapsed(SqliteStatements db, string runId) =>
        db.Number("SELECT 1 FROM grants WHERE run = ?1 AND closed = 1", runId) is not null;

    /// <summary>Tells whether the money that was granted to a run last was given back by the store, because nobody was heard of who works on it.</summary>
    public static bool IsTakenBack(SqliteStatements db, string runId) =>
        db.Number("SELECT closed FROM grants WHERE run = ?1 ORDER BY id DESC LIMIT 1", runId) == 1;

    private static void Book(SqliteStatements db, string account, string period, long usd) => db.Execute(
        "INSERT INTO balances(account, period, spent) VALUES(?1, ?2, ?3) ON CONFLICT(account, period) DO UPDATE SET spent = spent + excluded.spent",
        account, period, usd);
}
