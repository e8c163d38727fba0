using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;
using static AgentRouter.Workflows.Tests.Runs.Sqlite.StoreBench;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

public sealed class SqliteRunStoreTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(RunDurability.Async)]
    [InlineData(RunDurability.Sync)]
    [InlineData(RunDurability.Memory)]
    public async Task A_run_is_recorded_as_it_was_read(RunDurability durability)
    {
        SqliteRunStore store = _bench.Store(durability);
        var bench = new Bench(FakeModel.Saying("grüße \"you\"\n<b>" + new string('x', 5_000))) { Store = store, Budget = new Budget { Usd = 1 } };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        List<RunEvent> recorded = await store.ReadAsync(result.RunId).ToListAsync();
        recorded.Select(RunEventJson.Serialize).ShouldBe(bench.Events.Select(RunEventJson.Serialize));
        store.FolderOf(result.RunId).ShouldBe(Path.Combine(_bench.Folder, result.RunId));
        File.Exists(_bench.File).ShouldBe(durability != RunDurability.Memory);
    }

    [Fact]
    public async Task Another_process_reads_what_was_recorded_while_the_run_goes_on()
    {
        await using IRunRecord record = await _bench.Store().CreateAsync("run-1");
        SqliteRunStore other = _bench.Store();
        await record.AppendAsync(Begin("run-1"));
        (await other.ReadAsync("run-1").CountAsync()).ShouldBe(1);
        await record.AppendAsync([Note("run-1", 2, new string('é', 40_000))]);
        (await other.ReadAsync("run-1").LastAsync()).ShouldBeOfType<RunWarning>().Message.Length.ShouldBe(40_000);
    }

    [Fact]
    public async Task Readers_see_whole_batches_while_others_write()
    {
        SqliteRunStore store = _bench.Store(), other = _bench.Store();
        await using IRunRecord record = await store.CreateAsync("run-1");
        await record.AppendAsync(Begin("run-1"));
        Task writing = Task.Run(async () =>
        {
            for (int step = 1; step <= 200; step++)
                await record.AppendAsync(Step("run-1", step));
        });
        int seen;
        do
        {
            List<RunEvent> read = await other.ReadAsync("run-1").ToListAsync();
            seen = read.Count;
            read.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, seen).Select(i => (long)i));
            (await other.SummarizeAsync("run-1")).Calls.ShouldBeGreaterThanOrEqualTo((seen - 1) / 3);
            await Task.Yield();
        }
        while (seen < 601);
        await writing;
    }

    [Fact]
    public async Task Runs_of_two_processes_are_recorded_side_by_side()
    {
        SqliteRunStore[] stores = [_bench.Store(), _bench.Store()];
        foreach (SqliteRunStore store in stores)
            store.Writer.Write(db => db.Execute("PRAGMA busy_timeout = 5000"));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(run => Task.Run(() => RecordAsync(stores[run % 2], $"run-{run}", steps: 20))));

        List<RunSummary> runs = await stores[0].ListAsync().ToListAsync();
        runs.Count.ShouldBe(6);
        runs.ShouldAllBe(run => run.Calls == 20 && run.Spent == Money.FromUsd(10) && run.Outcome == RunOutcome.Succeeded);
        foreach (RunSummary run in runs)
            (await stores[1].ReadAsync(run.RunId).CountAsync()).ShouldBe(62);
    }

    [Fact]
    public async Task A_run_that_is_opened_again_goes_on_after_its_last_event()
    {
        await RecordAsync(_bench.Store(), "run-1", steps: 2, outcome: RunOutcome.Waiting);
        SqliteRunStore store = _bench.Store();
        await using (IRunRecord record = await store.OpenAsync("run-1"))
        {
            await Should.ThrowAsync<ArgumentException>(async () => await record.AppendAsync([Note("run-1", 8)]));
            await Should.ThrowAsync<ArgumentException>(async () => await record.AppendAsync([Note("run-1", 10)]));
            await record.AppendAsync([Note("run-1", 9)]);
            (await store.SummarizeAsync("run-1")).Outcome.ShouldBeNull("it goes on");
            await record.AppendAsync([End("run-1", 10)]);
        }

        RunSummary summary = await store.SummarizeAsync("run-1");
        (summary.Outcome, summary.Spent, summary.Calls).ShouldBe((RunOutcome.Succeeded, Money.FromUsd(1), 2));
        (await store.ReadAsync("run-1").CountAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task A_batch_with_one_bad_event_leaves_nothing_behind()
    {
        SqliteRunStore store = _bench.Store();
        await using IRunRecord record = await store.CreateAsync("run-1");
        await record.AppendAsync(Begin("run-1"));

        await Should.ThrowAsync<ArgumentException>(async () => await record.AppendAsync([Note("run-1", 2), Note("run-1", 4)]));

        (await store.ReadAsync("run-1").CountAsync()).ShouldBe(1);
        await record.AppendAsync([Note("run-1", 2)]);
    }

    [Fact]
    public async Task Runs_are_listed_the_latest_first_with_what_they_cost()
    {
        SqliteRunStore store = _bench.Store();
        await RecordAsync(store, "a");
        await RecordAsync(store, "b", outcome: null);
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "not a run"));

        List<RunSummary> runs = await store.ListAsync().ToListAsync();

        runs.Select(run => run.RunId).ShouldBe(["b", "a"]);
        runs[0].Outcome.ShouldBeNull();
        runs[1].Outcome.ShouldBe(RunOutcome.Succeeded);
        runs.ShouldAllBe(run => run.Workflow == "test" && run.Started == StoreBench.Start && run.Spent == Money.FromUsd(0.5m) && run.Calls == 1 && run.BudgetUsd == Money.FromUsd(2));
    }

    [Fact]
    public async Task Ten_thousand_waiting_runs_are_listed_without_reading_an_event()
    {
        SqliteRunStore store = _bench.Store();
        await RecordAsync(store, "first");
        store.Writer.Write(db => db.Execute("""
            WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            INSERT INTO runs(name, workflow, updated, outcome) SELECT 'w' || i, 'test', 0, 'waiting' FROM n
            """));
        store.Writer.Write(db => db.Execute("INSERT INTO questions SELECT id, 'ask', 1, 'Publish?', '[]', NULL FROM runs WHERE outcome = 'waiting'"));

        (await store.ListAsync(RunOutcome.Waiting).CountAsync(run => run.WaitsAt == "ask" && run.Question == "Publish?")).ShouldBe(10_000);
        (await store.ListAsync(RunOutcome.Waiting).Take(20).LastAsync()).RunId.ShouldBe("w9981");
        (await store.ListAsync(RunOutcome.Succeeded).SingleAsync()).RunId.ShouldBe("first");
        string plan = store.Writer.Read(db => string.Join('\n', db.Query("EXPLAIN QUERY PLAN SELECT * FROM runs WHERE outcome = 'waiting' AND id < 9 ORDER BY id DESC", row => row.Text(3))));
        plan.ShouldBe("SEARCH runs USING INDEX runs_by_outcome (outcome=? AND rowid<?)");
    }

    [Fact]
    public async Task A_run_tells_the_questions_that_have_no_answer_yet()
    {
        SqliteRunStore store = _bench.Store();
        await using IRunRecord record = await store.CreateAsync("run-1");
        await record.AppendAsync(
        [
            .. Begin("run-1"),
            Entry(new PersonAsked("Publish?", ["yes", "no"], "no") { Sequence = 2, Node = "ask" }),
            Entry(new PersonAsked("How?", [], null) { Sequence = 3, Node = "left/ask" }),
            Entry(new PersonAsked("More money?", ["yes"], null) { Sequence = 4 }),
        ]);
        await record.AppendAsync([Entry(new PersonAnswered("yes", false) { Sequence = 5, Node = "ask" })]);
        await record.AppendAsync([End("run-1", 6, RunOutcome.Waiting)]);

        IReadOnlyList<RunQuestion> questions = await store.QuestionsAsync("run-1");

        questions.Select(question => (question.Node, question.Question)).ShouldBe([("left/ask", "How?"), (null, "More money?")]);
        questions[1].Choices.ShouldBe(["yes"]);
        RunSummary summary = await store.SummarizeAsync("run-1");
        (summary.Outcome, summary.WaitsAt, summary.Question).ShouldBe((RunOutcome.Waiting, "left/ask", "How?"));
        await record.AppendAsync([End("run-1", 7, RunOutcome.Cancelled)]);
        (await store.QuestionsAsync("run-1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_without_a_store_has_no_runs_and_stays_empty()
    {
        SqliteRunStore store = _bench.Store(folder: Path.Combine(_bench.Folder, "none"));
        (await store.ListAsync().CountAsync()).ShouldBe(0);
        (await Should.ThrowAsync<FileNotFoundException>(async () => await store.ReadAsync("run-9").ToListAsync())).Message.ShouldContain("There is no run 'run-9'");
        await Should.ThrowAsync<FileNotFoundException>(async () => await store.OpenAsync("run-9"));
        await Should.ThrowAsync<InvalidDataException>(async () => await store.ReadValueAsync(ValueHash.Of([1])));
        Directory.Exists(Path.Combine(_bench.Folder, "none")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("..")]
    public async Task An_id_that_could_leave_the_folder_is_refused(string runId)
    {
        SqliteRunStore store = _bench.Store();
        await Should.ThrowAsync<ArgumentException>(async () => await store.CreateAsync(runId));
        await Should.ThrowAsync<ArgumentException>(async () => await store.OpenAsync(runId));
        await Should.ThrowAsync<ArgumentException>(async () => await store.ReadAsync(runId).ToListAsync());
        Should.Throw<ArgumentException>(() => store.FolderOf(runId));
    }

    [Fact]
    public async Task A_run_is_never_written_over()
    {
        SqliteRunStore store = _bench.Store();
        await RecordAsync(store, "run-1");
        var bench = new Bench { Store = store };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("There is a run 'run-1' already");
        (await store.ReadAsync("run-1").CountAsync()).ShouldBe(5);
    }

    [Theory]
    [InlineData(null, 30, "Folder")]
    [InlineData("x", 0, "LeaseTime")]
    [InlineData("x", 90_000, "LeaseTime")]
    public void Options_are_checked_once(string? folder, int seconds, string name) =>
        Should.Throw<ArgumentException>(() => new SqliteRunStore(new SqliteRunStoreOptions { Folder = folder, LeaseTime = TimeSpan.FromSeconds(seconds) })).ParamName.ShouldBe(name);
}
