using System.Globalization;
using System.Security.Cryptography;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>A process's claim on a run.</summary>
/// <remarks>
/// The claim ends by itself when it is not renewed, so that a run does not belong to a dead process; at once where the process is known to
/// have ended. Whoever appends checks in the same
/// transaction that the claim is still its own: two owners never both write, whatever the clocks say. A clock that was set back makes an
/// abandoned claim look as if it ended far in the future; the next process that asks shortens it to its full length from now, which a living
/// owner outruns and a dead one does not.
/// </remarks>
internal sealed class RunLease
{
    private const int TokenLength = 24;

    private readonly TimeProvider _clock;
    private readonly string _runId;
    private readonly string _token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
    private readonly long _run;
    private readonly long _length;

    private RunLease(long run, string runId, TimeSpan length, TimeProvider clock) =>
        (_run, _runId, _length, _clock) = (run, runId, (long)length.TotalMicroseconds, clock);

    private long Now => SqliteRow.FromTime(_clock.GetUtcNow());

    /// <summary>Takes the claim on a run that is free.</summary>
    public static RunLease Take(SqliteStatements db, long run, string runId, TimeSpan length, TimeProvider clock)
    {
        var lease = new RunLease(run, runId, length, clock);
        string owner = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}");
        db.Execute(
            "INSERT OR REPLACE INTO leases(run, owner, token, length, until, process) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
            run, owner, lease._token, lease._length, lease.Now + lease._length, OwnerProcess.Here);
        return lease;
    }

    /// <summary>Gets who has the claim on a run, or <see langword="null"/> when it is free.</summary>
    public static RunInUseException? Living(SqliteStatements db, long run, string runId, long now)
    {
        Row? found = db.First("SELECT owner, length, until, process FROM leases WHERE run = ?1", Row.Read, run);
        if (found is not { } lease || lease.Until <= now || OwnerProcess.HasEnded(lease.Process))
            return null;
        if (lease.Until > now + lease.Length)
        {
            lease = lease with { Until = now + lease.Length };
            db.Execute("UPDATE leases SET until = ?2 WHERE run = ?1", run, lease.Until);
        }

        return new RunInUseException(runId, lease.Owner, SqliteRow.ToTime(lease.Until));
    }

    /// <summary>Makes sure that the claim is still this one, and renews it in time.</summary>
    /// <exception cref="IOException">Another process has taken the run over.</exception>
    public void Hold(SqliteStatements db)
    {
        if (db.Number("SELECT until FROM leases WHERE run = ?1 AND token = ?2", _run, _token) is not { } until)
            throw new IOException($"The run '{_runId}' was taken over by another process, because this one was not heard of for too long. Nothing more is recorded here; the run goes on there.");
        long now = Now;
        if (IsTakenBack(db, until, now))
            throw new IOException($"The money that was granted to the run '{_runId}' was given back, because this process was not heard of for too long. Nothing more is spent here; go on with the run, and it draws from its account again.");
        if (until - now < _length / 2 || until - now > _length)
            Renew(db, now);
    }

    /// <summary>Says that this process is alive.</summary>
    public void Renew(SqliteStatements db)
    {
        long now = Now;
        // without its money the run may not go on, and its next append says so
        if (db.Number("SELECT until FROM leases WHERE run = ?1 AND token = ?2", _run, _token) is { } until && !IsTakenBack(db, until, now))
            Renew(db, now);
    }

    /// <summary>Gives the run free.</summary>
    public void Release(SqliteStatements db) => db.Execute("DELETE FROM leases WHERE run = ?1 AND token = ?2", _run, _token);

    // only while a claim is over, money is given back
    private bool IsTakenBack(SqliteStatements db, long until, long now) => until <= now && GrantTable.IsTakenBack(db, _runId);

    private void Renew(SqliteStatements db, long now) =>
        db.Execute("UPDATE leases SET until = ?3 WHERE run = ?1 AND token = ?2", _run, _token, now + _length);

    private readonly record struct Row(string Owner, long Length, long Until, string Process)
    {
        public static Row? Read(SqliteRow row) => new Row(row.Text(0), row.Number(1), row.Number(2), row.Text(3));
    }
}
