using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>What a record starts from.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Lease">The claim on it.</param>
/// <param name="State">What its events say so far.</param>
/// <param name="Last">The sequence of the last of them.</param>
internal sealed record OpenedRun(long Run, RunLease Lease, RunState State, long Last);

/// <summary>The open record of a run: appends whole batches, and keeps the claim on the run alive.</summary>
internal sealed class SqliteRunRecord : IRunRecord
{
    private const int RenewalsALease = 3;

    private readonly SqliteSession _session;
    private readonly RunLease _lease;
    private readonly ITimer _heartbeat;
    private readonly StepAgents _agents = new();
    private readonly string _runId;
    private readonly long _run;
    private RunState _state;
    private long _last;

    public SqliteRunRecord(SqliteSession session, string runId, OpenedRun opened, SqliteRunStoreOptions options)
    {
        (_session, _runId) = (session, runId);
        (_run, _lease, _state, _last) = opened;
        TimeSpan pause = options.LeaseTime / RenewalsALease;
        _heartbeat = options.TimeProvider.CreateTimer(_ => Renew(), null, pause, pause);
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<RunRecordEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        cancellationToken.ThrowIfCancellationRequested();
        if (entries.Count == 0)
            return default;
        // taken into this object only when they are in the file
        (_state, _last) = _session.Write(db => Append(db, entries));
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync();
        try
        {
            _session.Write(_lease.Release);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ObjectDisposedException)
        {
            // the claim ends by itself
        }
    }

    private (RunState State, long Last) Append(SqliteStatements db, IReadOnlyList<RunRecordEntry> entries)
    {
        _lease.Hold(db);
        RunState state = _state;
        long last = _last;
        foreach (RunRecordEntry entry in entries)
        {
            RunEvent added = entry.Event;
            if (added.Sequence != last + 1 || added.Sequence > EventKey.MaxSequence)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Event {added.Sequence} cannot follow event {last} of run '{_runId}': events are recorded in order, without gaps."), nameof(entries));
            EventTable.Add(db, _run, entry);
            state = state.With(added);
            Note(db, state, entry);
            last++;
        }

        DateTimeOffset updated = entries[^1].Event.Time;
        if (ReferenceEquals(state, _state))
            RunTable.Touch(db, _run, updated);
        else
            RunTable.Update(db, _run, state, updated);
        return (state, last);
    }

    private void Note(SqliteStatements db, RunState state, RunRecordEntry entry)
    {
        switch (entry.Event)
        {
            case StepRouted routed:
                _agents.Add(routed);
                break;
            case BudgetSettled settled when !entry.IsCopy:
                SpendTable.Add(db, _run, state.Workflow, _agents.Of(db, _run, settled.Step), settled);
                break;
            case PersonAsked asked:
                QuestionTable.Ask(db, _run, asked);
                break;
            case PersonAnswered answered:
                QuestionTable.Answer(db, _run, answered);
                break;
            case RunEnded { Outcome: not RunOutcome.Waiting }:
                QuestionTable.Close(db, _run);
                break;
        }
    }

    private void Renew()
    {
        try
        {
            _session.Write(_lease.Renew);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ObjectDisposedException)
        {
            // the next beat tries again; an append tells what is wrong
        }
    }
}
