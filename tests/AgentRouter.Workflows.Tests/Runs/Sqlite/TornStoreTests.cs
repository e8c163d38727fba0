using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using static AgentRouter.Workflows.Tests.Runs.Sqlite.StoreBench;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

/// <summary>What a process that is killed, or a power cut, leaves behind.</summary>
public sealed class TornStoreTests : IDisposable
{
    private const int Steps = 40;

    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Whatever_is_torn_off_the_log_the_appends_before_it_are_whole(int seed, bool isGarbled)
    {
        // after each append: how long the log is, and how many events there are
        List<(long Bytes, int Events)> appends = [];
        SqliteRunStore store = _bench.Store();
        await using IRunRecord record = await store.CreateAsync("run-1");
        await AppendAsync(Begin("run-1"), 1);
        for (int step = 1; step <= Steps; step++)
            await AppendAsync(Step("run-1", step), 1 + (3 * step));
        byte[] file = await ReadAsync(_bench.File), log = await ReadAsync(_bench.File + "-wal");
        log.LongLength.ShouldBe(appends[^1].Bytes);
        var random = new Random(seed);
        string copy = Directory.CreateDirectory(Path.Combine(_bench.Folder, "copy")).FullName;
        for (int i = 0; i < 50; i++)
        {
            int cut = random.Next((int)appends[0].Bytes, log.Length + 1);
            await File.WriteAllBytesAsync(Path.Combine(copy, SqliteRunStore.FileName), file);
            await File.WriteAllBytesAsync(Path.Combine(copy, SqliteRunStore.FileName + "-wal"), Torn(log, cut, isGarbled ? random : null));
            File.Delete(Path.Combine(copy, SqliteRunStore.FileName + "-shm"));

            using (var torn = new SqliteRunStore(copy))
            {
                int whole = appends.Last(append => append.Bytes <= cut).Events;
                (await torn.ReadAsync("run-1").CountAsync()).ShouldBe(whole);
                (await torn.SummarizeAsync("run-1")).Calls.ShouldBe((whole - 1) / 3);
            }
        }

        async Task AppendAsync(RunRecordEntry[] entries, int events)
        {
            await record.AppendAsync(entries);
            appends.Add((new FileInfo(_bench.File + "-wal").Length, events));
        }
    }

    [Fact]
    public async Task What_a_killed_process_recorded_is_gone_on_with()
    {
        SqliteRunStore store = _bench.Store();
        IRunRecord record = await store.CreateAsync("run-1");
        await record.AppendAsync([.. Begin("run-1"), .. Step("run-1", 1)]);
        string copy = Directory.CreateDirectory(Path.Combine(_bench.Folder, "copy")).FullName;
        foreach (string end in (string[])["", "-wal"])
            await File.WriteAllBytesAsync(Path.Combine(copy, SqliteRunStore.FileName + end), await ReadAsync(_bench.File + end));
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));

        SqliteRunStore after = _bench.Store(folder: copy);
        await using IRunRecord next = await after.OpenAsync("run-1");
        await next.AppendAsync(Step("run-1", 2));

        List<RunEvent> read = await after.ReadAsync("run-1").ToListAsync();
        read.Count.ShouldBe(7);
        read.OfType<BudgetSettled>().Count().ShouldBe(2);
    }

    private static byte[] Torn(byte[] log, int cut, Random? garble)
    {
        if (garble is null)
            return log[..cut];
        byte[] torn = [.. log];
        garble.NextBytes(torn.AsSpan(cut));
        return torn;
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }
}
