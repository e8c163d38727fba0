using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Support;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

public sealed class WritingTests : IAsyncDisposable
{
    private readonly TestMemory _memory = new();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task A_node_is_read_as_it_was_written()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        var node = new MemoryNode
        {
            Kind = MemoryNodeKind.Episode,
            Key = "chat#1",
            Text = "naïve \0 text with a NUL, “quotes” and 😀",
            Title = "",
            Attachment = "a picture of a cat",
            Speaker = "Ännchen",
            SaidAt = new DateTimeOffset(2026, 5, 8, 13, 56, 0, TimeSpan.FromMinutes(330)).AddTicks(7),
            Happened = new MemoryPeriod(new DateOnly(2026, 5, 7), new DateOnly(2026, 5, 9)),
            Position = 3,
        };

        MemoryWritten written = await records.WriteAsync(new MemoryChange { Source = Source("chat", "ab"), Nodes = [new NewNode(node, "00ff")] });

        MemoryNode read = (await records.ReadNodesAsync(written.Ids)).ShouldHaveSingleItem();
        read.ShouldBe(node with { Id = written.Ids[0], SourceId = written.SourceId });
        read.SaidAt!.Value.Offset.ShouldBe(TimeSpan.FromMinutes(330));
        (await records.FindAsync(MemoryNodeKind.Episode, "chat#1")).ShouldBe(read);
        (await records.FindAsync(MemoryNodeKind.Fact, "chat#1")).ShouldBeNull();
    }

    [Fact]
    public async Task An_edge_is_read_as_it_was_written_from_both_ends()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode episode = Episode("a", "tea"), concept = Concept("name:tea");
        var edge = new NewEdge(new(MemoryNodeKind.Episode, "a"), new(MemoryNodeKind.Concept, "name:tea"), MemoryEdgeKind.Mentions, 0.3f, new MemoryRelation(1, 2, 254, 255));

        MemoryWritten written = await records.WriteAsync(new MemoryChange { Nodes = [episode, concept], Edges = [edge, edge] });

        written.NewEdges.ShouldBe(1);
        var expected = new MemoryEdge(written.Ids[0], written.Ids[1], MemoryEdgeKind.Mentions, 0.3f, new MemoryRelation(1, 2, 254, 255));
        (await records.ReadEdgesAsync(written.Ids[0], 10)).ShouldBe([expected]);
        (await records.ReadEdgesAsync(written.Ids[1], 10)).ShouldBe([expected]);
        (await records.ReadEdgesAsync(written.Ids[1], 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_there_stays_as_it_is()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten first = await records.WriteAsync(Change(Concept("name:tea")));

        MemoryWritten second = await records.WriteAsync(Change(Node(MemoryNodeKind.Concept, "name:tea", "TEA"), Concept("name:jam")));

        second.Ids.ShouldBe([first.Ids[0], first.Ids[0] + 1]);
        second.NewNodes.ShouldBe(1);
        (await records.ReadNodesAsync(second.Ids)).Select(node => node.Text).ShouldBe(["name:tea", "name:jam"]);
    }

    [Fact]
    public async Task A_source_comes_again_with_more_and_its_key_and_episodes_are_known()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten first = await records.WriteAsync(new MemoryChange { Source = Source("chat", "01"), Nodes = [Episode("chat#0", "hello")] });

        MemoryWritten second = await records.WriteAsync(new MemoryChange
        {
            Source = new SourceChange(new MemoryNode { Kind = MemoryNodeKind.Source, Key = "chat", Text = "A chat", Title = "t" }, "not hex", "01"),
            Nodes = [Episode("chat#0", "hello"), Episode("chat#1", "world"), Episode("chat#2", "gone")],
            Superseded = [new Supersession(new NodeKey(MemoryNodeKind.Episode, "chat#2"), DateTimeOffset.UnixEpoch)],
        });

        second.SourceId.ShouldBe(first.SourceId);
        second.NewNodes.ShouldBe(2);
        StoredSource source = (await records.ReadSourceAsync("chat")).ShouldNotBeNull();
        source.ContentHash.ShouldBe("not hex");
        source.Node.Text.ShouldBe("A chat");
        source.Episodes.ShouldBe(new Dictionary<string, string> { ["chat#0"] = "aa6", ["chat#1"] = "aa6" }, ignoreOrder: true);
        (await records.ReadSourceAsync("other")).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("02")]
    public async Task A_change_for_a_source_that_is_not_so_any_more_is_a_conflict(string? expected)
    {
        IMemoryRecords records = await _memory.OpenAsync();
        await records.WriteAsync(new MemoryChange { Source = Source("chat", "01") });

        await Should.ThrowAsync<MemoryConflictException>(() => records.WriteAsync(new MemoryChange { Source = Source("chat", "03", expected), Nodes = [Concept("a")] }));
        await Should.ThrowAsync<MemoryConflictException>(() => records.WriteAsync(new MemoryChange { Source = Source("new", "03", "02"), Nodes = [Concept("a")] }));

        (await records.ReadVersionAsync()).Node.ShouldBe(1);
        (await records.ReadSourceAsync("chat"))!.ContentHash.ShouldBe("01");
    }

    [Fact]
    public async Task A_superseded_node_keeps_the_first_time_and_is_told_of()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten written = await records.WriteAsync(Change(Node(MemoryNodeKind.Fact, "anna/tea")));
        var fact = new NodeKey(MemoryNodeKind.Fact, "anna/tea");

        MemoryWritten first = await records.WriteAsync(new MemoryChange { Superseded = [new(fact, DateTimeOffset.UnixEpoch)] });
        MemoryWritten second = await records.WriteAsync(new MemoryChange { Superseded = [new(fact, DateTimeOffset.UnixEpoch.AddDays(1))] });

        second.Version.ShouldBe(first.Version);
        (await records.ReadNodesAsync(written.Ids))[0].HeldUntil.ShouldBe(DateTimeOffset.UnixEpoch);
        (await records.ReadAlterationsAsync(written.Version, first.Version)).ShouldBe([new MemoryAlteration(written.Ids[0], DateTimeOffset.UnixEpoch)]);
        (await records.ReadStatisticsAsync()).Superseded.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_that_fails_at_its_end_leaves_nothing()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode episode = Episode("a", "tea");
        var change = new MemoryChange { Source = Source("chat", "01"), Nodes = [episode], Edges = [Edge(episode, MemoryEdgeKind.Mentions, Concept("name:nobody"))] };

        (await Should.ThrowAsync<MemoryConflictException>(() => records.WriteAsync(change))).Message.ShouldContain("name:nobody");

        (await records.ReadVersionAsync()).ShouldBe(default);
        (await records.FindPhraseAsync("tea", 10)).ShouldBeEmpty();
        MemoryWritten written = await records.WriteAsync(change with { Edges = [] });
        written.NewNodes.ShouldBe(2);
        (await records.FindPhraseAsync("tea", 10)).ShouldBe(written.Ids);
    }

    [Fact]
    public async Task A_change_that_is_cancelled_leaves_nothing()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => records.WriteAsync(Change(Concept("a")), cancelled.Token));

        (await records.ReadVersionAsync()).ShouldBe(default);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public async Task A_weight_that_is_none_is_refused(float weight)
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode a = Concept("a"), b = Concept("b");

        await Should.ThrowAsync<ArgumentException>(() => records.WriteAsync(new MemoryChange { Nodes = [a, b], Edges = [Edge(a, MemoryEdgeKind.Supports, b, weight)] }));
    }

    [Fact]
    public async Task What_is_new_comes_in_portions_and_only_once()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode[] nodes = [.. Enumerable.Range(0, 2_500).Select(i => Concept("n" + i))];
        NewEdge[] edges = [.. Enumerable.Range(0, 12_000).Select(i => Edge(nodes[i % 2_500], MemoryEdgeKind.Supports, nodes[i / 2_500 + 1]))];
        MemoryVersion old = (await records.WriteAsync(Change(nodes[0]))).Version;
        MemoryVersion now = (await records.WriteAsync(new MemoryChange { Nodes = nodes, Edges = edges })).Version;

        List<IReadOnlyList<MemoryNode>> readNodes = await records.ReadNewNodesAsync(old, now).ToListAsync();
        List<IReadOnlyList<MemoryEdge>> readEdges = await records.ReadNewEdgesAsync(old, now).ToListAsync();

        readNodes.Count.ShouldBe(3);
        readNodes.SelectMany(portion => portion).Select(node => node.Key).ShouldBe(nodes.Skip(1).Select(node => node.Node.Key));
        readEdges.Count.ShouldBe(2);
        readEdges.Sum(portion => portion.Count).ShouldBe(12_000);
        (await records.ReadNewNodesAsync(now, now).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Phrases_are_found_word_for_word_but_for_case_and_accents()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten written = await records.WriteAsync(Change(
            Episode("a", "Crème brûlée, she said"), Node(MemoryNodeKind.Fact, "b", "creme: BRULEE!"), Node(MemoryNodeKind.Concept, "c", "creme brulee"), Episode("d", "creme and brulee")));

        (await records.FindPhraseAsync("crème brulée", 10)).ShouldBe([written.Ids[1], written.Ids[0]]);
        (await records.FindPhraseAsync("creme\" OR text:\"brulee", 10)).ShouldBeEmpty();
        (await records.FindPhraseAsync("CREME\0BRULEE", 1)).ShouldBe([written.Ids[1]]);
        (await records.FindPhraseAsync("?!", 10)).ShouldBeEmpty();
        (await records.FindPhraseAsync("", 10)).ShouldBeEmpty();
        (await records.FindPhraseAsync("creme NEAR brulee", 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Vectors_are_kept_by_space_to_a_thousandth()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten written = await records.WriteAsync(Change([.. Enumerable.Range(0, 1_200).Select(i => Concept("n" + i))]));
        var random = new Random(7);
        Dictionary<long, ReadOnlyMemory<float>> unit = written.Ids.ToDictionary(id => id, _ => (ReadOnlyMemory<float>)Enumerable.Range(0, 3).Select(_ => (random.NextSingle() * 2) - 1).ToArray());

        await records.WriteVectorsAsync("small", [.. unit, KeyValuePair.Create(99_999L, unit[1])]);
        await records.WriteVectorsAsync("large", [KeyValuePair.Create(5L, new ReadOnlyMemory<float>([1e6f, -3.25f]))]);

        List<IReadOnlyList<KeyValuePair<long, ReadOnlyMemory<float>>>> small = await records.ReadVectorsAsync("small", 0).ToListAsync();
        small.SelectMany(portion => portion).Select(vector => vector.Key).ShouldBe(written.Ids);
        foreach ((long id, ReadOnlyMemory<float> vector) in small.SelectMany(portion => portion))
            vector.ToArray().ShouldBe(unit[id].ToArray(), tolerance: 1e-3);
        (await records.ReadVectorsAsync("large", 0).SingleAsync()).ShouldHaveSingleItem().Value.ToArray().ShouldBe([1e6f, -3.25f]);
        (await records.ReadVectorsAsync("small", written.Ids[^2]).SingleAsync()).ShouldHaveSingleItem().Key.ShouldBe(written.Ids[^1]);
        (await records.ReadVectorsAsync("none", 0).ToListAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(() => records.WriteVectorsAsync("large", [KeyValuePair.Create(5L, new ReadOnlyMemory<float>([1f]))]));
    }

    [Fact]
    public async Task Parts_of_an_index_are_replaced_together_unless_a_node_was_erased_since()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        MemoryWritten written = await records.WriteAsync(Change(Episode("a", "tea"), Episode("b", "jam")));
        (await records.WriteIndexAsync([], [new("1", new byte[] { 1 }), new("2", new byte[] { 2 })], written.Version)).ShouldBeTrue();
        (await records.WriteIndexAsync(["1"], [new("3", Array.Empty<byte>())], written.Version)).ShouldBeTrue();
        (await records.IndexAsync()).Select(part => (part.Name, part.Content.Length)).ShouldBe([("2", 1), ("3", 0)]);

        await records.EraseAsync([written.Ids[0]]);

        (await records.IndexAsync()).ShouldBeEmpty();
        (await records.WriteIndexAsync([], [new("1", new byte[] { 1 })], written.Version)).ShouldBeFalse();
        (await records.WriteIndexAsync([], [new("1", new byte[] { 1 })], await records.ReadVersionAsync())).ShouldBeTrue();
    }

    [Fact]
    public async Task Statistics_count_by_kind()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        NewNode a = Episode("a", "tea"), b = Concept("b");
        await records.WriteAsync(new MemoryChange { Nodes = [a, b], Edges = [Edge(a, MemoryEdgeKind.About, b)] });

        MemoryStatistics statistics = await records.ReadStatisticsAsync();

        statistics.Nodes.ShouldBe(new Dictionary<MemoryNodeKind, long> { [MemoryNodeKind.Episode] = 1, [MemoryNodeKind.Concept] = 1 }, ignoreOrder: true);
        statistics.Edges.ShouldBe(new Dictionary<MemoryEdgeKind, long> { [MemoryEdgeKind.About] = 1 });
        statistics.Bytes.ShouldBe(_memory.Files.Sum(file => new FileInfo(file).Length));
    }
}
