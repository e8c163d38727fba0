using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

public sealed class MarkTests : IAsyncDisposable
{
    private static readonly NewNode Tea = Episode("chat#0", "tea"), Jam = Episode("chat#1", "a pot of jam"), Old = Episode("chat#2", "old");

    private readonly TestMemory _memory = new();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task What_holds_and_is_not_marked_is_found_by_source_and_place()
    {
        (IMemoryRecords records, MemoryWritten written) = await ChatAsync();
        await records.WriteAsync(new MemoryChange { Source = Source("other", "02"), Nodes = [Episode("other#0", "milk")], Superseded = [new Supersession(Key(Old), DateTimeOffset.UnixEpoch)] });

        (await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, 1, written.SourceId)).ShouldBe(
            [new UnmarkedNode(written.Ids[0], written.SourceId, 3), new UnmarkedNode(written.Ids[1], written.SourceId, 12)]);
        (await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, 1, 0)).Count.ShouldBe(3);
        (await records.ReadUnmarkedAsync(MemoryNodeKind.Fact, 1, 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mark_stands_for_its_recipe_and_older_ones_and_goes_on_only()
    {
        (IMemoryRecords records, MemoryWritten written) = await ChatAsync();
        await MarkAsync(records, Tea, 2, 5);

        (await records.ReadMarksAsync([99, written.Ids[1], written.Ids[0]])).ShouldBe([new StoredMark(written.Ids[0], 2, 5)]);
        (await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, 2, 0)).Select(node => node.Id).ShouldBe([written.Ids[1], written.Ids[2]]);
        (await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, 3, 0)).Count.ShouldBe(3);
        await Should.ThrowAsync<MemoryConflictException>(() => MarkAsync(records, Tea, 2, 5));
        await Should.ThrowAsync<MemoryConflictException>(() => MarkAsync(records, Tea, 1, 6));
        await MarkAsync(records, Tea, 2, 6);
        await MarkAsync(records, Tea, 3, 0);
        await Should.ThrowAsync<ArgumentException>(() => MarkAsync(records, Tea, 0, 0));
    }

    [Fact]
    public async Task A_change_with_a_mark_that_is_there_writes_nothing()
    {
        (IMemoryRecords records, _) = await ChatAsync();
        await MarkAsync(records, Tea, 1, 0);

        await Should.ThrowAsync<MemoryConflictException>(() => records.WriteAsync(new MemoryChange { Nodes = [Concept("name:tea")], Marks = [new MemoryMark(Key(Tea), 1)] }));

        (await records.FindAsync(MemoryNodeKind.Concept, "name:tea")).ShouldBeNull();
    }

    [Fact]
    public async Task A_node_that_must_be_new_is_refused_where_its_key_is_taken()
    {
        (IMemoryRecords records, _) = await ChatAsync();
        NewNode again = Tea with { MustBeNew = true };

        (await Should.ThrowAsync<MemoryConflictException>(() => records.WriteAsync(Change(Concept("name:tea"), again)))).Message.ShouldStartWith("Somebody else wrote the Episode 'chat#0'");

        (await records.FindAsync(MemoryNodeKind.Concept, "name:tea")).ShouldBeNull();
    }

    [Fact]
    public async Task Marks_are_erased_with_their_nodes()
    {
        (IMemoryRecords records, MemoryWritten written) = await ChatAsync();
        await MarkAsync(records, Tea, 1, 0);

        await records.EraseAsync([written.Ids[0]]);

        (await records.ReadMarksAsync(written.Ids)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_speaks_of_a_concept_is_found_the_newest_first()
    {
        (IMemoryRecords records, _) = await ChatAsync();
        NewNode[] facts = [.. Enumerable.Range(0, 4).Select(i => Node(MemoryNodeKind.Fact, "fact" + i))];
        NewNode tea = Concept("name:tea");
        MemoryWritten written = await records.WriteAsync(new MemoryChange
        {
            Nodes = [.. facts, tea],
            Edges = [Edge(Tea, MemoryEdgeKind.Mentions, tea), .. facts.Take(3).Select(fact => Edge(fact, MemoryEdgeKind.About, tea)), Edge(facts[0], MemoryEdgeKind.Mentions, tea), Edge(facts[3], MemoryEdgeKind.Supports, tea)],
            Superseded = [new Supersession(Key(facts[1]), DateTimeOffset.UnixEpoch)],
        });

        (await records.ReadSpeakingAsync(written.Ids[4], MemoryNodeKind.Fact, 10)).Select(node => node.Key).ShouldBe(["fact2", "fact0"]);
        (await records.ReadSpeakingAsync(written.Ids[4], MemoryNodeKind.Fact, 1)).Select(node => node.Key).ShouldBe(["fact2"]);
    }

    private async Task<(IMemoryRecords Records, MemoryWritten Written)> ChatAsync()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        return (records, await records.WriteAsync(new MemoryChange { Source = Source("chat", "01"), Nodes = [Tea, Jam, Old] }));
    }

    private static Task<MemoryWritten> MarkAsync(IMemoryRecords records, NewNode node, int recipe, long upTo) => records.WriteAsync(new MemoryChange { Marks = [new MemoryMark(Key(node), recipe, upTo)] });

    private static NodeKey Key(NewNode node) => new(node.Node.Kind, node.Node.Key);
}
