using System.Diagnostics;
using AgentRouter.CrashWorker.Work;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Sqlite;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

public sealed class ConcurrencyTests : IAsyncDisposable
{
    private readonly TestMemory _memory = new();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task Processes_that_write_at_once_and_are_killed_in_the_middle_leave_whole_sources_only()
    {
        int[] places = [0, 1, 150, 230, 400];
        Process[] workers = [.. places.Select((place, i) => MemoryWork.Start(_memory.Folder, "worker" + i, place))];
        foreach (Process worker in workers)
        {
            await worker.WaitForExitAsync();
            worker.ExitCode.ShouldBe(137);
            worker.Dispose();
        }

        IMemoryRecords records = await _memory.OpenAsync(MemoryScope.Parse("project:crash"));

        MemoryStatistics statistics = await records.ReadStatisticsAsync();
        int sources = places.Length * MemoryWork.WholeSources;
        statistics.Nodes.ShouldBe(new Dictionary<MemoryNodeKind, long>
        {
            [MemoryNodeKind.Source] = sources,
            [MemoryNodeKind.Episode] = sources * MemoryWork.Episodes,
            [MemoryNodeKind.Concept] = 50,
        }, ignoreOrder: true);
        statistics.Edges.Values.ShouldAllBe(count => count == sources * MemoryWork.Episodes);
        (await records.FindPhraseAsync("turn", int.MaxValue)).Count.ShouldBe(sources * MemoryWork.Episodes);
        (await records.WriteAsync(new MemoryChange { Source = Source($"worker0/{MemoryWork.WholeSources}", "00") })).NewNodes.ShouldBe(1);
    }

    [Fact]
    public async Task Two_stores_that_write_at_once_lose_nothing()
    {
        await using SqliteMemoryStore other = _memory.Other();
        IMemoryRecords here = await _memory.OpenAsync();
        IMemoryRecords there = (await other.OpenAsync(Anna, create: true))!;

        await Parallel.ForAsync(0, 200, async (i, cancellationToken) =>
        {
            NewNode episode = Episode("e" + i, "turn " + i), concept = Concept("name:" + (i % 7));
            await (i % 2 == 0 ? here : there).WriteAsync(
                new MemoryChange { Nodes = [episode, concept], Edges = [Edge(episode, MemoryEdgeKind.Mentions, concept)] }, cancellationToken);
        });

        MemoryStatistics statistics = await here.ReadStatisticsAsync();
        statistics.Nodes.ShouldBe(new Dictionary<MemoryNodeKind, long> { [MemoryNodeKind.Episode] = 200, [MemoryNodeKind.Concept] = 7 }, ignoreOrder: true);
        statistics.Edges[MemoryEdgeKind.Mentions].ShouldBe(200);
        MemoryVersion version = await there.ReadVersionAsync();
        version.ShouldBe(new MemoryVersion(207, 200, 0));
    }

    [Fact]
    public async Task Of_changes_that_are_written_together_one_that_cannot_be_written_keeps_no_other_out()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        await records.WriteAsync(new MemoryChange { Source = Source("chat", "00") });
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        // all wait behind the first one, and so come together
        Task<MemoryWritten>[] writing = [.. Enumerable.Range(0, 100).Select(i => (i % 4) switch
        {
            0 => records.WriteAsync(new MemoryChange { Source = Source("chat", "0" + i, expected: "ff"), Nodes = [Concept("never" + i)] }),
            1 => records.WriteAsync(new MemoryChange { Nodes = [Concept("nowhere" + i)], Edges = [Edge(Concept("gone"), MemoryEdgeKind.Mentions, Concept("gone too"))] }),
            2 => records.WriteAsync(Change(Concept("late" + i)), cancelled.Token),
            _ => records.WriteAsync(Change(Concept("kept" + i), Concept("shared"))),
        })];
        await Task.WhenAll(writing).ContinueWith(_ => { }, TaskScheduler.Default);

        writing.Select(Outcome).Distinct().ShouldBe([(0, nameof(MemoryConflictException)), (1, nameof(MemoryConflictException)), (2, "cancelled"), (3, "written")]);
        MemoryStatistics statistics = await records.ReadStatisticsAsync();
        statistics.Nodes.ShouldBe(new Dictionary<MemoryNodeKind, long> { [MemoryNodeKind.Source] = 1, [MemoryNodeKind.Concept] = 26 }, ignoreOrder: true);
        long[] shared = [.. (await Task.WhenAll(writing.Where((_, i) => i % 4 == 3))).Select(written => written.Ids[1]).Distinct()];
        shared.ShouldHaveSingleItem();
        (await records.ReadVersionAsync()).ShouldBe(new MemoryVersion(27, 0, 0));

        static (int, string) Outcome(Task<MemoryWritten> task, int i) =>
            (i % 4, task.IsCanceled ? "cancelled" : task.IsFaulted ? task.Exception.InnerException!.GetType().Name : "written");
    }

    [Fact]
    public async Task Of_those_who_bring_the_same_source_at_once_one_succeeds_and_the_others_are_told()
    {
        await using SqliteMemoryStore other = _memory.Other();
        IMemoryRecords here = await _memory.OpenAsync();
        IMemoryRecords there = (await other.OpenAsync(Anna, create: true))!;
        int conflicts = 0;

        await Parallel.ForAsync(0, 8, async (i, cancellationToken) =>
        {
            try
            {
                await (i % 2 == 0 ? here : there).WriteAsync(new MemoryChange { Source = Source("chat", "0" + i), Nodes = [Concept("by" + i)] }, cancellationToken);
            }
            catch (MemoryConflictException)
            {
                Interlocked.Increment(ref conflicts);
            }
        });

        conflicts.ShouldBe(7);
        (await here.ReadVersionAsync()).Node.ShouldBe(2);
    }

    [Fact]
    public async Task A_node_that_another_store_erased_is_not_taken_for_known()
    {
        await using SqliteMemoryStore other = _memory.Other();
        IMemoryRecords here = await _memory.OpenAsync();
        IMemoryRecords there = (await other.OpenAsync(Anna, create: true))!;
        MemoryWritten written = await here.WriteAsync(Change(Concept("name:tea"), Concept("name:jam")));
        await there.EraseAsync([written.Ids[0]]);

        (await here.WriteAsync(Change(Concept("name:tea")))).Ids.ShouldBe([3L]);

        (await here.FindAsync(MemoryNodeKind.Concept, "name:tea"))!.Id.ShouldBe(3);
    }

    [Fact]
    public async Task Readers_see_whole_changes_only_while_a_writer_writes()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        var begun = new TaskCompletionSource();
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < 40; i++)
            {
                NewNode[] nodes = [.. Enumerable.Range(0, 25).Select(n => Episode($"{i}#{n}", "turn"))];
                await records.WriteAsync(new MemoryChange { Nodes = nodes, Edges = [.. nodes.Skip(1).Select((node, n) => Edge(nodes[n], MemoryEdgeKind.Next, node))] });
                begun.TrySetResult();
            }
        });
        await begun.Task;

        int seen = 0;
        do
        {
            MemoryVersion version = await records.ReadVersionAsync();
            (version.Node % 25, version.Edge % 24).ShouldBe((0L, 0L));
            ((await records.FindPhraseAsync("turn", int.MaxValue)).Count % 25).ShouldBe(0);
            (await records.ReadNewNodesAsync(default, version).SelectMany(portion => portion).CountAsync()).ShouldBe((int)version.Node);
            seen++;
            await Task.Yield();
        }
        while (!writing.IsCompleted);

        await writing;
        seen.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_holds_no_writer_up()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        await records.WriteAsync(Change([.. Enumerable.Range(0, 1_500).Select(i => Concept("n" + i))]));
        MemoryVersion version = await records.ReadVersionAsync();
        int read = 0;

        await foreach (IReadOnlyList<MemoryNode> portion in records.ReadNewNodesAsync(default, version))
        {
            read += portion.Count;
            // a transaction that was still open would keep the log from being cut
            await records.EraseAsync([1_500 - read + 1]);
        }

        read.ShouldBeInRange(1_498, 1_500);
    }
}
