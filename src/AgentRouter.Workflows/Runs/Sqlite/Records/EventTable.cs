using System.Globalization;
using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Values;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>The events of all runs.</summary>
internal static class EventTable
{
    /// <summary>Adds an event, and the value it refers to.</summary>
    public static void Add(SqliteStatements db, long run, RunRecordEntry entry)
    {
        RunEvent added = entry.Event;
        if (added.Value is null && !entry.Value.IsEmpty)
            throw new ArgumentException("A value came with an event that does not refer to it: set RunEvent.Value to its hash.", nameof(entry));
        string json = RunEventJson.Serialize(added);
        db.Execute(
            "INSERT INTO events(id, kind, time, node, step, data, value) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            EventKey.Of(run, added.Sequence), EventText.KindOf(json), SqliteRow.FromTime(added.Time), added.Node, (long?)added.Step, EventText.Pack(json),
            added.Value is null ? default(SqliteValue) : ContentTable.Put(db, added.Value, entry.Value));
    }

    /// <summary>Gets the sequence of a run's last event, 0 before the first.</summary>
    public static long LastSequence(SqliteStatements db, long run) =>
        db.Number("SELECT max(id) FROM events WHERE id BETWEEN ?1 AND ?2", EventKey.First(run), EventKey.Last(run)) is { } last ? EventKey.SequenceOf(last) : 0;

    /// <summary>Gets the JSON of the events after a sequence, in order.</summary>
    public static List<StoredEvent> Read(SqliteStatements db, long run, long after, int most) => db.Query(
        "SELECT id, data FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
        StoredEvent.Read,
        EventKey.Of(run, after), EventKey.Last(run), (long)most);

    /// <summary>Reads an event out of its row.</summary>
    /// <param name="file">The store, for messages.</param>
    /// <param name="runId">The run.</param>
    /// <param name="expected">The sequence that has its turn.</param>
    /// <param name="stored">The row.</param>
    /// <exception cref="InvalidDataException">An event is missing before it, or the row is not the event.</exception>
    public static RunEvent Parse(string file, string runId, long expected, StoredEvent stored)
    {
        if (stored.Sequence != expected)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file}: event {expected} of run '{runId}' is missing; the next one is {stored.Sequence}. {WhatToDo}"));
        try
        {
            RunEvent read = RunEventJson.Deserialize(EventText.Unpack(stored));
            if (read.Sequence == expected)
                return read;
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It says that it is event {read.Sequence}."));
        }
        catch (Exception reason) when (reason is JsonException or InvalidDataException or NotSupportedException)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file}: event {expected} of run '{runId}' cannot be read: {reason.Message} {WhatToDo}"), reason);
        }
    }

    private const string WhatToDo = "'agentrouter runs check' tells all that is wrong; the events before it are whole.";
}
