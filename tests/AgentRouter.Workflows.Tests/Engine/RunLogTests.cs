using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine;

public sealed class RunLogTests
{
    [Fact]
    public async Task What_is_read_too_late_is_left_out_and_said()
    {
        var log = new RunLog("r", TimeProvider.System, stream: true, maxUnread: 4);
        for (int i = 0; i < 9; i++)
            log.Emit(new RunWarning("w" + i));
        await log.CompleteAsync(Ended());

        List<RunEvent> read = await log.ReadAsync(CancellationToken.None).ToListAsync();

        read[0].ShouldBeOfType<RunWarning>().Message.ShouldStartWith("6 events before this one");
        read.Skip(1).Select(e => e.Sequence).ShouldBe([7, 8, 9, 10]);
    }

    [Fact]
    public async Task Events_of_many_threads_are_recorded_in_one_order_before_they_are_read()
    {
        var store = new ListStore();
        var log = new RunLog("r", TimeProvider.System, stream: true);
        await log.OpenAsync(store, () => { }, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
                log.Emit(new RunWarning($"{t}"));
        })));
        await log.CompleteAsync(Ended());

        List<RunEvent> read = await log.ReadAsync(CancellationToken.None).ToListAsync();

        store.Events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 4_001).Select(i => (long)i));
        read.ShouldBe(store.Events);
    }

    [Fact]
    public async Task The_engine_waits_for_a_record_that_falls_behind()
    {
        var store = new ListStore { Gate = new TaskCompletionSource() };
        var log = new RunLog("r", TimeProvider.System, stream: false);
        await log.OpenAsync(store, () => { }, CancellationToken.None);
        for (int i = 0; i < 1_000; i++)
            log.Emit(new RunWarning("w"));
        log.IsBehind.ShouldBeFalse();
        for (int i = 0; i < 100; i++)
            log.Emit(new RunWarning("w"));
        log.IsBehind.ShouldBeTrue();
        Task caughtUp = log.CatchUpAsync(CancellationToken.None);
        caughtUp.IsCompleted.ShouldBeFalse();

        store.Gate.SetResult();

        await caughtUp.WaitAsync(TimeSpan.FromSeconds(20));
        await log.CompleteAsync(Ended());
        store.Events.Count.ShouldBe(1_101);
    }

    [Fact]
    public async Task The_wait_for_a_record_that_stands_still_ends_when_the_run_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var store = new ListStore { Gate = new TaskCompletionSource() };
        var log = new RunLog("r", TimeProvider.System, stream: false);
        await log.OpenAsync(store, () => { }, CancellationToken.None);
        for (int i = 0; i < 1_100; i++)
            log.Emit(new RunWarning("w"));
        Task caughtUp = log.CatchUpAsync(stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(caughtUp);
        store.Gate.SetResult();
        await log.CompleteAsync(Ended());
    }

    [Fact]
    public async Task The_engine_never_waits_for_a_record_that_has_caught_up_already()
    {
        for (int round = 0; round < 200; round++)
        {
            var store = new ListStore { Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
            var log = new RunLog("r", TimeProvider.System, stream: false);
            await log.OpenAsync(store, () => { }, CancellationToken.None);
            for (int i = 0; i < 1_030; i++)
                log.Emit(new RunWarning("w"));
            store.Gate.SetResult();
            while (log.IsBehind)
                await log.CatchUpAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
            await log.CompleteAsync(Ended());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public async Task A_record_that_cannot_be_written_fails_the_run_clearly(int failsAt)
    {
        var store = new ListStore { FailsAt = failsAt };
        var bench = new Bench { Store = store };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("No space left on device");
        result.Reason!.ShouldContain("Free space");
        bench.Events[^1].ShouldBeOfType<RunEnded>().Outcome.ShouldBe(RunOutcome.Failed);
        store.Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_record_that_fails_in_a_long_run_stops_it_before_more_is_spent()
    {
        var bench = new Bench(FakeModel.Hanging()) { Store = new ListStore { FailsAt = 3 } };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Budget.Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task A_record_that_cannot_be_opened_fails_the_run_before_anything_is_spent()
    {
        var bench = new Bench { Store = new ListStore { FailsAt = 0 } };

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        ((FakeModel)bench.Model).Calls.ShouldBe(0);
        bench.Events.Single().ShouldBeOfType<RunEnded>();
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_its_record_opens_is_cancelled_not_failed()
    {
        using var stop = new CancellationTokenSource();
        var bench = new Bench { Store = new ListStore { NeverOpens = true } };
        WorkflowRun run = bench.Begin(Workflow(Agent("a"), Done()), stop.Token);

        await stop.CancelAsync();
        RunResult result = await bench.ReadAsync(run);

        result.Outcome.ShouldBe(RunOutcome.Cancelled);
        result.Outputs.ShouldBeEmpty();
        bench.Events.Single().ShouldBeOfType<RunEnded>();
    }

    [Fact]
    public async Task A_run_whose_time_is_up_while_its_record_opens_is_over_budget()
    {
        var bench = new Bench { Store = new ListStore { NeverOpens = true }, Budget = new Budget { Time = TimeSpan.FromMinutes(1) } };
        WorkflowRun run = bench.Begin(Workflow(Agent("a"), Done()), CancellationToken.None);

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        RunResult result = await bench.ReadAsync(run);

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        ((FakeModel)bench.Model).Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_cancelled_run_is_recorded_to_its_end()
    {
        using var stop = new CancellationTokenSource();
        var store = new ListStore();
        var bench = new Bench(FakeModel.Hanging()) { Store = store };
        WorkflowRun run = bench.Begin(Workflow(Agent("a"), Done()), stop.Token);
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 1);

        await stop.CancelAsync();
        (await run.Completion).Outcome.ShouldBe(RunOutcome.Cancelled);

        store.Events[^1].ShouldBeOfType<RunEnded>().Outcome.ShouldBe(RunOutcome.Cancelled);
        store.Closed.ShouldBeTrue();
    }

    private static RunEnded Ended() => new(RunOutcome.Succeeded, null, null, new());

    /// <summary>A store in memory that can be slow or full.</summary>
    private sealed class ListStore : IRunStore, IRunRecord
    {
        public List<RunEvent> Events { get; } = [];

        public TaskCompletionSource? Gate { get; init; }

        public int? FailsAt { get; init; }

        public bool NeverOpens { get; init; }

        public bool Closed { get; private set; }

        public async ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default)
        {
            if (NeverOpens)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return FailsAt == 0 ? throw new IOException("No space left on device.") : this;
        }

        public async ValueTask AppendAsync(IReadOnlyList<RunRecordEntry> entries, CancellationToken cancellationToken = default)
        {
            if (Gate is not null)
                await Gate.Task;
            if (Events.Count + entries.Count >= FailsAt)
                throw new IOException("No space left on device.");
            Events.AddRange(entries.Select(entry => entry.Event));
        }

        public ValueTask<IRunRecord> OpenAsync(string runId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(string hash, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            Closed = true;
            return default;
        }

        public IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<RunSummary>();

        public IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default) => Events.ToAsyncEnumerable();

        public string? FolderOf(string runId) => null;
    }
}
