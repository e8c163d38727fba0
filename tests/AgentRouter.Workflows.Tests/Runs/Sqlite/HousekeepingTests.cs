using System.Text;
using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using static AgentRouter.Workflows.Tests.Runs.Sqlite.StoreBench;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

public sealed class HousekeepingTests : IDisposable
{
    private readonly StoreBench _bench = new();
    private readonly SqliteRunStore _store;

    public HousekeepingTests() => _store = _bench.Store();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_deleted_run_takes_the_values_with_it_that_nobody_else_refers_to()
    {
        await WithValuesAsync("run-1", "own", "shared");
        await WithValuesAsync("run-2", "shared");
        await RecordAsync(_store, "run-3");

        await _store.DeleteAsync("run-1");

        (await _store.ListAsync().Select(run => run.RunId).ToListAsync()).ShouldBe(["run-3", "run-2"]);
        await Should.ThrowAsync<FileNotFoundException>(async () => await _store.ReadAsync("run-1").ToListAsync());
        await Should.ThrowAsync<InvalidDataException>(async () => await _store.ReadValueAsync(HashOf("own")));
        Encoding.UTF8.GetString((await _store.ReadValueAsync(HashOf("shared"))).Span).ShouldBe("shared");
        (await _store.CheckAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<FileNotFoundException>(async () => await _store.DeleteAsync("run-1"));
    }

    [Fact]
    public async Task A_run_that_is_open_is_not_deleted()
    {
        await using IRunRecord record = await _store.CreateAsync("run-1");
        await Should.ThrowAsync<RunInUseException>(async () => await _bench.Store().DeleteAsync("run-1"));
        await record.AppendAsync(Begin("run-1"));
    }

    [Fact]
    public async Task Old_runs_are_pruned_but_not_those_that_wait_or_work()
    {
        await RecordAsync(_store, "done");
        await RecordAsync(_store, "crashed", outcome: null);
        await RecordAsync(_store, "waits", outcome: RunOutcome.Waiting);
        _bench.Clock.Advance(TimeSpan.FromDays(40));
        await using IRunRecord working = await _store.CreateAsync("works");
        await working.AppendAsync(Begin("works"));

        (await _store.PruneAsync(TimeSpan.FromDays(41))).ShouldBeEmpty();
        (await _store.PruneAsync(TimeSpan.FromDays(30))).ShouldBe(["done", "crashed"]);
        (await _store.PruneAsync(TimeSpan.FromDays(30), includeWaiting: true)).ShouldBe(["waits"]);

        (await _store.ListAsync().SingleAsync()).RunId.ShouldBe("works");
        (await _store.SpendAsync(SpendBy.Workflow)).Single().Usd.ShouldBe(Money.FromUsd(1.5m), "what was spent stays in the books");
    }

    [Theory]
    [InlineData("DELETE FROM events WHERE sequence IN (3, 4)", "events 3 to 4 of run 'run-1' are missing")]
    [InlineData("UPDATE events SET data = '{}' WHERE sequence = 3", "event 3 of run 'run-1' cannot be read")]
    [InlineData("DELETE FROM content", "which is missing")]
    [InlineData("UPDATE content SET data = x'00'", "is damaged in the store")]
    [InlineData("DELETE FROM runs", "but no such run")]
    public async Task A_check_tells_what_is_wrong(string damage, string problem)
    {
        await WithValuesAsync("run-1", "a", "a", "a", "a", "a");
        (await _store.CheckAsync()).ShouldBeEmpty();
        _store.Writer.Write(db => db.Execute(damage));
        (await _store.CheckAsync()).ShouldContain(line => line.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_of_a_damaged_file_goes_on_after_what_cannot_be_read()
    {
        await RecordAsync(_store, "run-1", steps: 200);
        _store.Dispose();
        byte[] file = await File.ReadAllBytesAsync(_bench.File);
        new Random(3).NextBytes(file.AsSpan(20 * 4_096, 3 * 4_096));
        await File.WriteAllBytesAsync(_bench.File, file);
        IReadOnlyList<string> problems = await _bench.Store().CheckAsync();
        problems.Count.ShouldBeGreaterThan(1);
        problems.ShouldAllBe(problem => problem.Contains(_bench.File, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spending_is_summed_up_by_what_is_asked_for()
    {
        await RecordAsync(_store, "run-1", steps: 2, workflow: "repair");
        await using (IRunRecord record = await _store.CreateAsync("run-2"))
        {
            await record.AppendAsync(Begin("run-2", "report"));
            await record.AppendAsync(Step("run-2", 1, "write", "writer", "large-1"));
        }

        await using (IRunRecord record = await _store.OpenAsync("run-2"))
        {
            // the routing of this step is in the part that another process recorded
            RunRecordEntry late = Step("run-2", 1, "write", "writer", "large-1")[2];
            await record.AppendAsync([late with { Event = late.Event with { Sequence = 5, Time = Start.AddDays(1) } }]);
        }

        (await _store.SpendAsync(SpendBy.Workflow)).ShouldBe([Row("repair", 2), Row("report", 2)]);
        (await _store.SpendAsync(SpendBy.Agent)).ShouldBe([Row("coder", 2), Row("writer", 2)]);
        (await _store.SpendAsync(SpendBy.Model)).ShouldBe([Row("large-1", 2), Row("small-1", 2)]);
        (await _store.SpendAsync(SpendBy.Node)).ShouldBe([Row("code", 2), Row("write", 2)]);
        (await _store.SpendAsync(SpendBy.Day)).ShouldBe([Row("2026-01-02", 3), Row("2026-01-03", 1)]);
        (await _store.SpendAsync(SpendBy.Day, from: new DateOnly(2026, 1, 3))).ShouldBe([Row("2026-01-03", 1)]);
        (await _store.SpendAsync(SpendBy.Model, to: new DateOnly(2026, 1, 2))).ShouldBe([Row("small-1", 2), Row("large-1", 1)]);
    }

    [Fact]
    public async Task An_export_is_JSON_lines_with_the_values_where_they_are_wanted()
    {
        await WithValuesAsync("run-1", "\"größe\"");
        await using (IRunRecord record = await _store.OpenAsync("run-1"))
            await record.AppendAsync([new RunRecordEntry(new RunWarning("binary") { RunId = "run-1", Sequence = 2, Value = ValueHash.Of([255]) }, new byte[] { 255 })]);
        List<RunEvent> events = await _store.ReadAsync("run-1").ToListAsync();

        string[] plain = await LinesAsync(withValues: false), full = await LinesAsync(withValues: true);

        plain.ShouldBe(events.Select(RunEventJson.Serialize));
        full.Select(RunEventJson.Deserialize).ShouldBe(events);
        JsonDocument.Parse(full[0]).RootElement.GetProperty("content").GetString().ShouldBe("\"größe\"");
        JsonDocument.Parse(full[1]).RootElement.GetProperty("contentBase64").GetBytesFromBase64().ShouldBe([255]);
    }

    private static SpendRow Row(string name, int calls) => new(name, Money.FromUsd(0.5m) * calls, 10 * calls, calls);

    private static string HashOf(string value) => ValueHash.Of(Encoding.UTF8.GetBytes(value));

    private async Task<string[]> LinesAsync(bool withValues)
    {
        using var lines = new MemoryStream();
        await _store.ExportAsync("run-1", lines, withValues);
        return Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task WithValuesAsync(string runId, params string[] values)
    {
        await using IRunRecord record = await _store.CreateAsync(runId);
        foreach ((int index, string value) in values.Index())
            await record.AppendAsync([new RunRecordEntry(new RunWarning("w") { RunId = runId, Sequence = index + 1, Value = HashOf(value) }, Encoding.UTF8.GetBytes(value))]);
    }
}
