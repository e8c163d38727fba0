using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Schema;
using static AgentRouter.Workflows.Tests.Runs.Sqlite.StoreBench;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

public sealed class BrokenStoreTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_full_disk_loses_nothing_and_the_run_goes_on_when_there_is_room_again()
    {
        SqliteRunStore store = _bench.Store();
        await using IRunRecord record = await store.CreateAsync("run-1");
        await record.AppendAsync(Begin("run-1"));
        long pages = store.Writer.Read(db => db.Number("PRAGMA page_count"))!.Value;
        store.Writer.Read(db => db.Number($"PRAGMA max_page_count = {pages + 1}"));
        int appended = 0;
        IOException full = await Should.ThrowAsync<IOException>(async () =>
        {
            for (int step = 1; ; step++)
            {
                await record.AppendAsync(Step("run-1", step));
                appended = step;
            }
        });
        full.Message.ShouldContain(_bench.File);
        full.Message.ShouldContain("the disk is full. Make room");
        (await _bench.Store().ReadAsync("run-1").CountAsync()).ShouldBe(1 + (3 * appended));

        store.Writer.Read(db => db.Number("PRAGMA max_page_count = 1000000"));
        await record.AppendAsync(Step("run-1", appended + 1));

        (await _bench.Store().ReadAsync("run-1").CountAsync()).ShouldBe(1 + (3 * (appended + 1)));
        store.Writer.Read(db => db.First("PRAGMA integrity_check", row => row.Text(0))).ShouldBe("ok");
    }

    [Fact]
    public async Task A_store_that_may_not_be_written_says_so()
    {
        SqliteRunStore store = _bench.Store();
        await using IRunRecord record = await store.CreateAsync("run-1");
        store.Writer.Read(db => db.Execute("PRAGMA query_only = 1"));
        (await Should.ThrowAsync<IOException>(async () => await record.AppendAsync(Begin("run-1")))).Message.ShouldContain("is read-only. Allow writing");
        store.Writer.Read(db => db.Execute("PRAGMA query_only = 0"));
        await record.AppendAsync(Begin("run-1"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_says_so()
    {
        string file = Path.Combine(_bench.Folder, "file");
        await File.WriteAllTextAsync(file, "");
        SqliteRunStore store = _bench.Store(folder: Path.Combine(file, "runs"));
        (await Should.ThrowAsync<IOException>(async () => await store.CreateAsync("run-1"))).Message.ShouldContain("cannot be made");
        Directory.CreateDirectory(_bench.File);
        (await Should.ThrowAsync<IOException>(async () => await _bench.Store().CreateAsync("run-1"))).Message.ShouldContain("cannot be opened or made");
    }

    [Fact]
    public async Task A_writer_that_does_not_let_go_is_waited_for_and_then_named()
    {
        await RecordAsync(_bench.Store(), "run-1");
        SqliteRunStore other = _bench.Store();
        other.Writer.Read(db => db.Execute("BEGIN IMMEDIATE"));

        (await Should.ThrowAsync<IOException>(async () => await _bench.Store().CreateAsync("run-2"))).Message.ShouldContain("locked by another process");
        (await _bench.Store().ReadAsync("run-1").CountAsync()).ShouldBe(5, "readers do not wait for writers");

        other.Writer.Read(db => db.Execute("ROLLBACK"));
        await RecordAsync(_bench.Store(), "run-2");
    }

    [Fact]
    public async Task A_file_that_is_not_a_store_is_left_alone()
    {
        await File.WriteAllTextAsync(_bench.File, new string('x', 5_000));
        foreach (Func<Task> attempt in Attempts())
            (await Should.ThrowAsync<InvalidDataException>(attempt)).Message.ShouldContain("is not a store of runs");
        (await File.ReadAllTextAsync(_bench.File)).ShouldBe(new string('x', 5_000));
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        await RecordAsync(_bench.Store(), "run-1");
        _bench.Store().Writer.Read(db => db.Execute("PRAGMA application_id = 7"));
        foreach (Func<Task> attempt in Attempts())
            (await Should.ThrowAsync<InvalidDataException>(attempt)).Message.ShouldContain("a database of another program");
    }

    [Fact]
    public async Task A_store_of_a_newer_version_refuses_politely()
    {
        await RecordAsync(_bench.Store(), "run-1");
        _bench.Store().Writer.Read(db => db.Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}"));
        foreach (Func<Task> attempt in Attempts())
        {
            ConfigurationException refusal = await Should.ThrowAsync<ConfigurationException>(attempt);
            refusal.Message.ShouldContain($"has version {SqliteSchema.Version + 1}; this program knows version {SqliteSchema.Version}. Update this program");
        }
    }

    [Fact]
    public async Task A_damaged_file_says_so()
    {
        using (var store = new SqliteRunStore(_bench.Folder))
            await RecordAsync(store, "run-1", steps: 200);
        byte[] file = await File.ReadAllBytesAsync(_bench.File);
        new Random(3).NextBytes(file.AsSpan(4_096, 40_000));
        await File.WriteAllBytesAsync(_bench.File, file);
        (await Should.ThrowAsync<InvalidDataException>(async () => await _bench.Store().ReadAsync("run-1").ToListAsync())).Message.ShouldContain("is damaged");
    }

    [Theory]
    [InlineData("UPDATE events SET data = '{}' WHERE sequence = 3", "event 3 of run 'run-1' cannot be read")]
    [InlineData("UPDATE events SET data = '{\"event\":\"no.such\"}' WHERE sequence = 3", "event 3 of run 'run-1' cannot be read")]
    [InlineData("UPDATE events SET data = x'0011223344' WHERE sequence = 3", "event 3 of run 'run-1' cannot be read")]
    [InlineData("UPDATE events SET data = 7 WHERE sequence = 3", "event 3 of run 'run-1' cannot be read")]
    [InlineData("UPDATE events SET data = (SELECT data FROM events WHERE sequence = 2) WHERE sequence = 3", "It says that it is event 2")]
    [InlineData("DELETE FROM events WHERE sequence = 3", "event 3 of run 'run-1' is missing; the next one is 4")]
    public async Task A_poisoned_event_is_named_and_those_before_it_are_read(string poison, string message)
    {
        SqliteRunStore store = _bench.Store();
        await RecordAsync(store, "run-1");
        store.Writer.Write(db => db.Execute(poison));
        List<RunEvent> read = [];

        InvalidDataException error = await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            await foreach (RunEvent next in store.ReadAsync("run-1"))
                read.Add(next);
        });

        error.Message.ShouldContain(message);
        error.Message.ShouldContain(_bench.File);
        read.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(RunDurability.Async, 1)]
    [InlineData(RunDurability.Sync, 2)]
    public async Task Only_sync_waits_for_the_disk_at_every_append(RunDurability durability, long synchronous)
    {
        SqliteRunStore store = _bench.Store(durability);
        await RecordAsync(store, "run-1");
        store.Writer.Read(db => db.Number("PRAGMA synchronous")).ShouldBe(synchronous);
        store.Writer.Read(db => db.First("PRAGMA journal_mode", row => row.Text(0))).ShouldBe("wal");
    }

    private IEnumerable<Func<Task>> Attempts() =>
    [
        async () => await _bench.Store().CreateAsync("run-2"),
        async () => await _bench.Store().ReadAsync("run-1").ToListAsync(),
        async () => await _bench.Store().ListAsync().ToListAsync(),
    ];
}
