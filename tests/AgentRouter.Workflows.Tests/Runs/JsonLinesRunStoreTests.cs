using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Runs;

public sealed class JsonLinesRunStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-runs-").FullName;
    private readonly JsonLinesRunStore _store;

    public JsonLinesRunStoreTests() => _store = new JsonLinesRunStore(Path.Combine(_folder, "runs"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_is_recorded_as_it_was_read()
    {
        var bench = new Bench(FakeModel.Saying("grüße \"you\"\n<b>")) { Store = _store, Budget = new Budget { Usd = 1 } };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        List<RunEvent> recorded = await _store.ReadAsync(result.RunId).ToListAsync();
        recorded.Select(RunEventJson.Serialize).ShouldBe(bench.Events.Select(RunEventJson.Serialize));
        string text = await File.ReadAllTextAsync(FileOf(result.RunId));
        text.ShouldEndWith("\n");
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(recorded.Count);
        text.ShouldContain("grüße");
        _store.FolderOf(result.RunId).ShouldBe(Path.Combine(_folder, "runs", result.RunId));
    }

    [Fact]
    public async Task A_torn_last_line_is_left_out_and_said()
    {
        await RecordAsync("run-1", ended: true);
        byte[] whole = await File.ReadAllBytesAsync(FileOf("run-1"));
        for (int cut = 1; cut < 90; cut += 11)
        {
            await File.WriteAllBytesAsync(FileOf("run-1"), whole[..^cut]);

            List<RunEvent> read = await _store.ReadAsync("run-1").ToListAsync();

            read.Count.ShouldBe(3);
            read[1].ShouldBeOfType<BudgetSettled>();
            read[2].ShouldBeOfType<RunWarning>().Message.ShouldContain("events.jsonl:3: the last line was cut off");
            (await _store.ListAsync().SingleAsync()).Outcome.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_broken_line_before_the_last_is_an_error_with_its_number()
    {
        await RecordAsync("run-1", ended: true);
        string[] lines = await File.ReadAllLinesAsync(FileOf("run-1"));
        lines[1] = "{\"event\":\"no.such\"}";
        await File.WriteAllLinesAsync(FileOf("run-1"), lines);

        (await Should.ThrowAsync<InvalidDataException>(async () => await _store.ReadAsync("run-1").ToListAsync())).Message.ShouldContain("events.jsonl:2");
    }

    [Fact]
    public async Task Runs_are_listed_the_latest_first_with_what_they_cost()
    {
        await RecordAsync("20260101-000000-a", ended: true);
        await RecordAsync("20260102-000000-b", ended: false);
        Directory.CreateDirectory(Path.Combine(_folder, "runs", "not a run"));

        List<RunSummary> runs = await _store.ListAsync().ToListAsync();

        runs.Select(run => run.RunId).ShouldBe(["20260102-000000-b", "20260101-000000-a"]);
        runs[0].Outcome.ShouldBeNull();
        runs[1].Outcome.ShouldBe(RunOutcome.Succeeded);
        runs.ShouldAllBe(run => run.Workflow == "test" && run.Spent == Money.FromUsd(0.5m) && run.Calls == 1 && run.BudgetUsd == Money.FromUsd(2));
    }

    [Fact]
    public async Task A_store_without_a_folder_has_no_runs()
    {
        (await _store.ListAsync().CountAsync()).ShouldBe(0);
        await Should.ThrowAsync<FileNotFoundException>(async () => await _store.ReadAsync("run-9").ToListAsync());
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("..")]
    public async Task An_id_that_could_leave_the_folder_is_refused(string runId)
    {
        await Should.ThrowAsync<ArgumentException>(async () => await _store.CreateAsync(runId));
        await Should.ThrowAsync<ArgumentException>(async () => await _store.ReadAsync(runId).ToListAsync());
        Should.Throw<ArgumentException>(() => _store.FolderOf(runId));
    }

    [Fact]
    public async Task A_run_is_never_written_over()
    {
        await RecordAsync("run-1", ended: true);
        var bench = new Bench { Store = _store };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("There is a run 'run-1' already");
        (await _store.ReadAsync("run-1").CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_run_can_be_read_while_it_goes_on()
    {
        await using IRunRecord record = await _store.CreateAsync("run-1");
        await record.AppendAsync(new RunWarning("one") { Sequence = 1 });
        (await _store.ReadAsync("run-1").CountAsync()).ShouldBe(1);
        await record.AppendAsync(new RunWarning(new string('é', 40_000)) { Sequence = 2 });
        (await _store.ReadAsync("run-1").LastAsync()).ShouldBeOfType<RunWarning>().Message.Length.ShouldBe(40_000);
    }

    private string FileOf(string runId) => Path.Combine(_folder, "runs", runId, JsonLinesRunStore.FileName);

    private async Task RecordAsync(string runId, bool ended)
    {
        var spent = new BudgetSnapshot { LimitUsd = Money.FromUsd(2), Spent = BudgetAmount.OneCall(Money.FromUsd(0.5m), 10) };
        await using IRunRecord record = await _store.CreateAsync(runId);
        await record.AppendAsync(new RunStarted("test", new Dictionary<string, string>(), "fixed", new BudgetSnapshot { LimitUsd = Money.FromUsd(2) }, []) { RunId = runId, Sequence = 1, Time = Start });
        await record.AppendAsync(new BudgetSettled("m", spent.Spent, false, spent) { RunId = runId, Sequence = 2, Time = Start });
        if (ended)
            await record.AppendAsync(new RunEnded(RunOutcome.Succeeded, null, "done", spent) { RunId = runId, Sequence = 3, Time = Start });
    }
}
