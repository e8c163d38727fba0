using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Steps;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

/// <summary>A folder for stores, a clock that the test moves, and events as the engine makes them.</summary>
internal sealed class StoreBench : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<SqliteRunStore> _stores = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("agentrouter-store-").FullName;

    public FakeTimeProvider Clock { get; } = new(Start);

    public string File => Path.Combine(Folder, SqliteRunStore.FileName);

    /// <summary>Opens the store as another process would.</summary>
    public SqliteRunStore Store(RunDurability durability = RunDurability.Async, TimeProvider? clock = null, string? folder = null)
    {
        var store = new SqliteRunStore(new SqliteRunStoreOptions
        {
            Folder = folder ?? Folder,
            Durability = durability,
            TimeProvider = clock ?? Clock,
            BusyTime = TimeSpan.FromMilliseconds(50),
        });
        _stores.Add(store);
        return store;
    }

    /// <summary>The events of a run: one step a batch, <c>0.5</c> USD a step.</summary>
    public static RunRecordEntry[] Step(string runId, int number, string node = "code", string agent = "coder", string model = "small-1")
    {
        var booked = BudgetAmount.OneCall(Money.FromUsd(0.5m), 10);
        RunEvent[] events =
        [
            new StepRouted(agent, null, model, "small", "fixed", "always", [], new StepFeatures()),
            new CallSent(model, 1, 100),
            new BudgetSettled(model, booked, false, new BudgetSnapshot { Spent = booked }),
        ];
        return [.. events.Select((runEvent, at) => new RunRecordEntry(runEvent with { RunId = runId, Sequence = 2 + ((number - 1) * events.Length) + at, Time = Start, Node = node, Step = number }))];
    }

    public static RunRecordEntry[] Begin(string runId, string workflow = "test") =>
        [Entry(new RunStarted(workflow, new Dictionary<string, string>(), "fixed", new BudgetSnapshot { LimitUsd = Money.FromUsd(2) }, []) { RunId = runId, Sequence = 1, Time = Start })];

    public static RunRecordEntry Note(string runId, long sequence, string text = "note") => Entry(new RunWarning(text) { RunId = runId, Sequence = sequence, Time = Start });

    public static RunRecordEntry End(string runId, long sequence, RunOutcome outcome = RunOutcome.Succeeded) =>
        Entry(new RunEnded(outcome, null, "done", new BudgetSnapshot()) { RunId = runId, Sequence = sequence, Time = Start });

    public static RunRecordEntry Entry(RunEvent runEvent) => new(runEvent);

    /// <summary>Records a run of some steps, to its end where an outcome is given.</summary>
    public static async Task RecordAsync(SqliteRunStore store, string runId, int steps = 1, RunOutcome? outcome = RunOutcome.Succeeded, string workflow = "test")
    {
        await using IRunRecord record = await store.CreateAsync(runId);
        await record.AppendAsync(Begin(runId, workflow));
        for (int step = 1; step <= steps; step++)
            await record.AppendAsync(Step(runId, step));
        if (outcome is { } end)
            await record.AppendAsync([End(runId, 2 + (steps * 3), end)]);
    }

    public void Dispose()
    {
        foreach (SqliteRunStore store in _stores)
            store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
