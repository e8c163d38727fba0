using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>What the other tests stand on is tested too.</summary>
public sealed class InMemoryRecordsTests
{
    private readonly InMemoryRecords _records = new();

    [Fact]
    public async Task A_node_that_is_there_stays_as_it_is()
    {
        MemoryWritten first = await _records.WriteAsync(new MemoryChange { Nodes = [Concept("name:anna", "Anna")] });
        MemoryWritten second = await _records.WriteAsync(new MemoryChange { Nodes = [Concept("name:anna", "ANNA"), Concept("name:ben", "Ben")] });

        first.Ids.ShouldBe([1L]);
        second.Ids.ShouldBe([1L, 2L]);
        second.NewNodes.ShouldBe(1);
        (await _records.FindAsync(MemoryNodeKind.Concept, "name:anna"))!.Text.ShouldBe("Anna");
    }

    [Fact]
    public async Task A_change_for_another_state_is_refused()
    {
        await _records.WriteAsync(new MemoryChange { Source = new SourceChange(Source("chat"), "1", null) });

        await Should.ThrowAsync<MemoryConflictException>(() => _records.WriteAsync(new MemoryChange { Source = new SourceChange(Source("chat"), "2", "0") }));
        (await _records.ReadSourceAsync("chat"))!.ContentHash.ShouldBe("1");
    }

    [Fact]
    public async Task An_erased_source_takes_its_episodes_and_what_stood_only_on_them()
    {
        var episode = new NodeKey(MemoryNodeKind.Episode, "chat#0");
        await _records.WriteAsync(new MemoryChange
        {
            Source = new SourceChange(Source("chat"), "1", null),
            Nodes = [new NewNode(new MemoryNode { Kind = MemoryNodeKind.Episode, Key = "chat#0", Text = "Café in Köln" }, "a"), Concept("name:koln", "Köln"), Concept("name:bonn", "Bonn")],
            Edges = [new NewEdge(episode, new NodeKey(MemoryNodeKind.Concept, "name:koln"), MemoryEdgeKind.Mentions, 1, default)],
        });
        (await _records.FindPhraseAsync("cafe IN koln", 10)).ShouldBe([2L]);
        MemoryVersion before = await _records.ReadVersionAsync();

        IReadOnlyList<long> erased = await _records.EraseAsync([1L]);

        erased.ShouldBe([1L, 2L, 3L]);
        _records.Nodes.Select(node => node.Key).ShouldBe(["name:bonn"]);
        _records.Edges.ShouldBeEmpty();
        (await _records.ReadAlterationsAsync(before, await _records.ReadVersionAsync())).Select(alteration => alteration.HeldUntil).ShouldBe([null, null, null]);
        (await _records.WriteIndexAsync([], [new StoredIndexPart("a", new byte[1])], before)).ShouldBeFalse();
    }

    private static MemoryNode Source(string key) => new() { Kind = MemoryNodeKind.Source, Key = key, Text = key };

    private static NewNode Concept(string key, string text) => new(new MemoryNode { Kind = MemoryNodeKind.Concept, Key = key, Text = text });
}
