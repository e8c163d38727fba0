using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite.Records;
using AgentRouter.Workflows.Runs.Sqlite.Values;

namespace AgentRouter.Workflows.Runs.Sqlite.Housekeeping;

/// <summary>Looks for everything that is wrong with a store.</summary>
internal sealed class StoreCheck(SqliteSession session, string file)
{
    private const int RowsARead = 256;

    private readonly List<string> _problems = [];

    /// <summary>Checks everything.</summary>
    public IReadOnlyList<string> Run(CancellationToken cancellationToken)
    {
        Try(Pages);
        Try(() => Values(cancellationToken));
        Try(() => Runs(cancellationToken));
        return _problems;
    }

    // what is damaged so that it cannot be read is one problem; the rest is looked at all the same
    private void Try(Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            _problems.Add(exception.Message);
        }
    }

    private void Pages()
    {
        foreach (string line in session.Read(db => db.Query("PRAGMA integrity_check", static row => row.Text(0))))
        {
            if (line != "ok")
                _problems.Add($"{file}: {line}");
        }

        foreach (long run in session.Read(db => db.Query(
            "SELECT DISTINCT run FROM events WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = run)", static row => row.Number(0))))
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{file}: there are events of run number {run}, but no such run."));
    }

    private void Values(CancellationToken cancellationToken)
    {
        long after = 0;
        while (session.Read(db => db.First(
            "SELECT hash, size, packed, data, id FROM content WHERE id > ?1 ORDER BY id LIMIT 1",
            static row => ((Stored Value, long Id)?)(Stored.Read(row), row.Number(4)), after)) is { } next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            after = next.Id;
            Try(() => next.Value.Open());
        }
    }

    private void Runs(CancellationToken cancellationToken)
    {
        foreach ((long run, string runId) in session.Read(db => db.Query("SELECT id, name FROM runs ORDER BY id", static row => (row.Number(0), row.Text(1)))))
            Try(() => Events(run, runId, cancellationToken));
    }

    private void Events(long run, string runId, CancellationToken cancellationToken)
    {
        long last = 0;
        List<StoredEvent> part;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            part = session.Read(db => EventTable.Read(db, run, last, RowsARead));
            foreach (StoredEvent stored in part)
            {
                Try(() => Event(runId, last + 1, stored));
                last = stored.Sequence;
            }
        }
        while (part.Count == RowsARead);
    }

    private void Event(string runId, long expected, StoredEvent stored)
    {
        if (stored.Sequence != expected)
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{file}: events {expected} to {stored.Sequence - 1} of run '{runId}' are missing."));
        RunEvent read = EventTable.Parse(file, runId, stored.Sequence, stored);
        if (read.Value is { } hash && !session.Read(db => ContentTable.Has(db, hash)))
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{file}: event {stored.Sequence} of run '{runId}' refers to the value {hash}, which is missing."));
    }
}
