using System.Text;
using System.Text.RegularExpressions;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

public sealed class ErasureTests : IAsyncDisposable
{
    private readonly TestMemory _memory = new();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task Episodes_go_with_their_source_and_what_stood_on_them_alone_goes_too()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode first = Episode("chat#0", "tea"), second = Episode("chat#1", "jam"), apart = Episode("apart", "tea");
        NewNode both = Node(MemoryNodeKind.Fact, "both"), lone = Node(MemoryNodeKind.Fact, "lone"), told = Node(MemoryNodeKind.Fact, "told");
        NewNode deep = Node(MemoryNodeKind.Reflection, "deep"), tea = Concept("name:tea"), jam = Concept("name:jam"), never = Concept("name:never");
        MemoryWritten written = await records.WriteAsync(new MemoryChange
        {
            Source = Source("chat", "01"),
            Nodes = [first, second, both, lone, told, deep, tea, jam, never],
            Edges = [Edge(first, MemoryEdgeKind.Mentions, tea), Edge(second, MemoryEdgeKind.Mentions, jam), Edge(lone, MemoryEdgeKind.DerivedFrom, first),
                Edge(both, MemoryEdgeKind.DerivedFrom, first), Edge(deep, MemoryEdgeKind.DerivedFrom, lone), Edge(told, MemoryEdgeKind.Supports, lone)],
        });
        await records.WriteAsync(new MemoryChange { Nodes = [apart], Edges = [Edge(both, MemoryEdgeKind.DerivedFrom, apart), Edge(apart, MemoryEdgeKind.Mentions, tea)] });

        IReadOnlyList<long> erased = await records.EraseAsync([written.SourceId]);

        IReadOnlyList<MemoryNode> left = await records.ReadNewNodesAsync(default, await records.ReadVersionAsync()).SelectMany(portion => portion).ToListAsync();
        left.Select(node => node.Key).ShouldBe(["both", "told", "name:tea", "name:never", "apart"]);
        erased.ShouldBe([written.SourceId, .. new[] { 0, 1, 3, 5, 7 }.Select(i => written.Ids[i])]);
        (await records.ReadAlterationsAsync(written.Version, await records.ReadVersionAsync())).ShouldBe(erased.Select(id => new MemoryAlteration(id, null)));
        (await records.ReadNewEdgesAsync(default, await records.ReadVersionAsync()).SelectMany(portion => portion).ToListAsync()).Count.ShouldBe(2);
        (await records.FindPhraseAsync("tea", 10)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reflection_goes_with_the_first_of_its_facts_which_it_tells_about_all()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode ill = Node(MemoryNodeKind.Fact, "ill"), tea = Node(MemoryNodeKind.Fact, "tea"), both = Node(MemoryNodeKind.Reflection, "ill, and drinks tea");
        MemoryWritten written = await records.WriteAsync(new MemoryChange
        {
            Nodes = [ill, tea, both],
            Edges = [Edge(both, MemoryEdgeKind.DerivedFrom, ill), Edge(both, MemoryEdgeKind.DerivedFrom, tea)],
        });

        (await records.EraseAsync([written.Ids[0]])).ShouldBe([written.Ids[0], written.Ids[2]]);

        (await records.FindAsync(MemoryNodeKind.Fact, "tea")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_source_goes_with_its_last_episode()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten written = await records.WriteAsync(new MemoryChange { Source = Source("chat", "01"), Nodes = [Episode("chat#0", "tea"), Episode("chat#1", "jam")] });

        (await records.EraseAsync([written.Ids[0]])).ShouldBe([written.Ids[0]]);
        (await records.EraseAsync([written.Ids[1]])).ShouldBe([written.SourceId, written.Ids[1]]);

        (await records.ReadSourceAsync("chat")).ShouldBeNull();
    }

    [Fact]
    public async Task Numbers_of_erased_nodes_are_not_used_again_also_not_by_another_process()
    {
        MemoryWritten written = await (await _memory.OpenAsync()).WriteAsync(Change(Concept("a"), Concept("b")));
        await (await _memory.OpenAsync()).EraseAsync(written.Ids);
        await _memory.Store.DisposeAsync();
        await using var other = _memory.Other();

        MemoryWritten again = await (await other.OpenAsync(Anna, create: false))!.WriteAsync(Change(Concept("a")));

        again.Ids.ShouldBe([3L]);
    }

    [Fact]
    public async Task Erasing_what_is_not_there_changes_nothing()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten written = await records.WriteAsync(Change(Concept("a")));

        (await records.EraseAsync([77, -1])).ShouldBeEmpty();

        (await records.ReadVersionAsync()).ShouldBe(written.Version);
    }

    [Fact]
    public async Task Vectors_go_with_their_nodes()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        await records.WriteAsync(Change(Concept("a"), Concept("b")));
        await records.WriteVectorsAsync("one", [KeyValuePair.Create(1L, new ReadOnlyMemory<float>([1f])), KeyValuePair.Create(2L, new ReadOnlyMemory<float>([0.5f]))]);
        await records.WriteVectorsAsync("two", [KeyValuePair.Create(1L, new ReadOnlyMemory<float>([1f]))]);

        await records.EraseAsync([1]);

        (await records.ReadVectorsAsync("one", 0).SingleAsync()).ShouldHaveSingleItem().Key.ShouldBe(2);
        (await records.ReadVectorsAsync("two", 0).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_by_which_pages_of_the_index_are_found_go_too()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        // all alike up to their ends, so that the table of pages holds them whole
        NewNode[] nodes = [.. Enumerable.Range(0, 4_000).Select(i => Episode("e" + i, $"confidential{i:x4}end"))];
        MemoryWritten written = await records.WriteAsync(Change(nodes));

        await records.EraseAsync([.. written.Ids.Where((_, i) => i % 2 == 0)]);

        await using var stream = new FileStream(_memory.Files.Single(file => file.EndsWith(".db", StringComparison.Ordinal)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        string bytes = Encoding.Latin1.GetString(content.ToArray());
        Regex.Matches(bytes, "confidential([0-9a-f]{4})").Select(match => Convert.ToInt32(match.Groups[1].Value, 16)).ShouldAllBe(number => number % 2 == 1);
        (await records.FindPhraseAsync("confidential0f9fend", 10)).ShouldHaveSingleItem();
    }
}
