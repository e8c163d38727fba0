using System.Globalization;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Records;
using Microsoft.Extensions.Time.Testing;
using static AgentRouter.Workflows.Tests.Runs.Sqlite.StoreBench;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

public sealed class LeaseTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_run_that_is_open_cannot_be_opened_again()
    {
        SqliteRunStore store = _bench.Store();
        IRunRecord record = await store.CreateAsync("run-1");
        RunInUseException refusal = await Should.ThrowAsync<RunInUseException>(async () => await _bench.Store().OpenAsync("run-1"));
        refusal.Owner.ShouldContain(Environment.MachineName);
        refusal.Until.ShouldBe(Start.AddSeconds(30));
        await Should.ThrowAsync<RunInUseException>(async () => await store.OpenAsync("run-1"));

        await record.DisposeAsync();
        await using IRunRecord next = await _bench.Store().OpenAsync("run-1");
        await next.AppendAsync(Begin("run-1"));
    }

    [Fact]
    public void A_process_that_has_ended_is_known_by_its_number_and_start()
    {
        string[] here = OwnerProcess.Here.Split('|');

        OwnerProcess.HasEnded(OwnerProcess.Here).ShouldBeFalse();
        OwnerProcess.HasEnded($"{here[0]}|{here[1]}|{long.Parse(here[2], CultureInfo.InvariantCulture) - 60}").ShouldBeTrue("another process has its number now");
        OwnerProcess.HasEnded($"{here[0]}|{int.MaxValue}|{here[2]}").ShouldBeTrue();
        OwnerProcess.HasEnded($"elsewhere|{int.MaxValue}|{here[2]}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_heartbeat_keeps_an_open_run_however_long_it_takes()
    {
        await using IRunRecord record = await _bench.Store().CreateAsync("run-1");
        for (int i = 0; i < 30; i++)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(10));
            await Should.ThrowAsync<RunInUseException>(async () => await _bench.Store().OpenAsync("run-1"));
        }
    }

    [Fact]
    public async Task A_dead_process_loses_its_run_and_cannot_write_into_it_any_more()
    {
        // its heartbeat stands still, as a suspended process's does
        var stopped = new FakeTimeProvider(Start);
        IRunRecord old = await _bench.Store(clock: stopped).CreateAsync("run-1");
        await old.AppendAsync(Begin("run-1"));
        SqliteRunStore store = _bench.Store();
        _bench.Clock.Advance(TimeSpan.FromSeconds(29));
        await Should.ThrowAsync<RunInUseException>(async () => await store.OpenAsync("run-1"));
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));

        await using IRunRecord next = await store.OpenAsync("run-1");

        (await Should.ThrowAsync<IOException>(async () => await old.AppendAsync(Step("run-1", 1)))).Message.ShouldContain("taken over by another process");
        await next.AppendAsync(Step("run-1", 1));
        // neither its heartbeat nor its end frees what is not its own
        stopped.Advance(TimeSpan.FromMinutes(1));
        await old.DisposeAsync();
        await Should.ThrowAsync<RunInUseException>(async () => await _bench.Store().OpenAsync("run-1"));
        (await store.ReadAsync("run-1").CountAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task A_claim_that_ran_out_but_was_not_taken_is_renewed_by_the_next_append()
    {
        var stopped = new FakeTimeProvider(Start);
        await using IRunRecord record = await _bench.Store(clock: stopped).CreateAsync("run-1");
        stopped.AdjustTime(Start.AddMinutes(1));

        await record.AppendAsync(Begin("run-1"));

        _bench.Clock.Advance(TimeSpan.FromMinutes(1.4));
        await Should.ThrowAsync<RunInUseException>(async () => await _bench.Store().OpenAsync("run-1"));
    }

    [Fact]
    public async Task A_clock_that_goes_back_lets_no_second_owner_in()
    {
        await using IRunRecord record = await _bench.Store().CreateAsync("run-1");
        await record.AppendAsync(Begin("run-1"));
        _bench.Clock.AdjustTime(Start.AddDays(-1));
        for (int i = 0; i < 20; i++)
        {
            await Should.ThrowAsync<RunInUseException>(async () => await _bench.Store().OpenAsync("run-1"));
            _bench.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await record.AppendAsync(Step("run-1", 1));
    }

    [Fact]
    public async Task A_clock_that_goes_back_does_not_lock_the_run_of_a_dead_process_for_ever()
    {
        var stopped = new FakeTimeProvider(Start);
        await _bench.Store(clock: stopped).CreateAsync("run-1");
        _bench.Clock.AdjustTime(Start.AddYears(-1));
        SqliteRunStore store = _bench.Store();
        RunInUseException refusal = await Should.ThrowAsync<RunInUseException>(async () => await store.OpenAsync("run-1"));
        refusal.Until.ShouldBe(Start.AddYears(-1).AddSeconds(30));

        _bench.Clock.Advance(TimeSpan.FromSeconds(30));

        await using IRunRecord next = await store.OpenAsync("run-1");
    }

    [Fact]
    public async Task Of_many_who_want_a_run_one_gets_it()
    {
        await RecordAsync(_bench.Store(), "run-1", outcome: null);
        int got = 0, refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = _bench.Folder, TimeProvider = _bench.Clock });
            try
            {
                await store.OpenAsync("run-1");
                Interlocked.Increment(ref got);
            }
            catch (RunInUseException)
            {
                Interlocked.Increment(ref refused);
            }
        })));
        (got, refused).ShouldBe((1, 7));
    }
}
