using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Storage.Sqlite;
using AgentRouter.Memory.Tests.Support;
using CsCheck;

namespace AgentRouter.Memory.Tests.Exploration;

public sealed class ExplorationTests : IAsyncDisposable
{
    private static readonly MemoryScope Anna = TestMemory.Anna;

    private readonly InMemoryStore _store = new();
    private readonly GraphMemory _memory;

    public ExplorationTests() => _memory = new GraphMemory(_store);

    public async ValueTask DisposeAsync() => await _memory.DisposeAsync();

    [Fact]
    public async Task A_path_goes_round_a_hub()
    {
        NewNode[] texts = [.. Enumerable.Range(1, 400).Select(i => TestMemory.Episode($"chat#{i}", $"Text {i}"))];
        (NewNode hub, NewNode rare, NewNode rarer) = (TestMemory.Concept("name:hub"), TestMemory.Concept("name:rare"), TestMemory.Concept("name:rarer"));
        await WriteAsync([.. texts, hub, rare, rarer],
        [
            .. texts.Select(text => Mentions(text, hub)),
            Mentions(texts[0], rare), Mentions(texts[1], rare), Mentions(texts[1], rarer), Mentions(texts[399], rarer),
        ]);

        IReadOnlyList<MemoryPathStep> path = await _memory.PathAsync(Anna, 1, 400);

        path.Select(step => step.Node.Key).ShouldBe(["chat#1", "name:rare", "chat#2", "name:rarer", "chat#400"]);
        path.Select(step => step.IsForward).Skip(1).ShouldBe([true, false, true, false]);
    }

    [Fact]
    public async Task A_shared_name_is_a_stronger_path_than_a_shared_source()
    {
        (NewNode a, NewNode b, NewNode name) = (TestMemory.Episode("s#0", "A"), TestMemory.Episode("s#1", "B"), TestMemory.Concept("name:x"));
        NewNode source = TestMemory.Node(MemoryNodeKind.Source, "s");
        await WriteAsync([a, b, name, source],
        [
            TestMemory.Edge(a, MemoryEdgeKind.PartOf, source), TestMemory.Edge(b, MemoryEdgeKind.PartOf, source),
            TestMemory.Edge(a, MemoryEdgeKind.Mentions, name, 0.5f), TestMemory.Edge(b, MemoryEdgeKind.Mentions, name, 0.5f),
        ]);

        (await _memory.PathAsync(Anna, 1, 2))[1].Node.Key.ShouldBe("name:x");
    }

    [Fact]
    public async Task There_is_no_path_between_what_nothing_links_nor_to_what_is_not_there()
    {
        await WriteAsync([TestMemory.Concept("name:a"), TestMemory.Concept("name:b")], []);

        (await _memory.PathAsync(Anna, 1, 2)).ShouldBeEmpty();
        (await _memory.PathAsync(Anna, 1, 99)).ShouldBeEmpty();
        (await _memory.PathAsync(Anna, 1, 1)).ShouldHaveSingleItem().Edge.ShouldBeNull();
    }

    [Fact]
    public async Task A_neighbourhood_takes_strong_edges_first_and_counts_what_it_leaves_out()
    {
        NewNode middle = TestMemory.Concept("name:middle");
        NewNode[] texts = [.. Enumerable.Range(1, 9).Select(i => TestMemory.Episode($"chat#{i}", $"Text {i}"))];
        await WriteAsync([middle, .. texts], [.. texts.Select((text, i) => TestMemory.Edge(text, MemoryEdgeKind.Mentions, middle, (i + 1) / 10f))]);

        MemoryNeighbourhood around = (await _memory.NeighbourhoodAsync(Anna, 1, new NeighbourhoodOptions { MaxNodes = 4 }))!;

        around.Nodes.Select(each => each.Node.Key).ShouldBe(["name:middle", "chat#9", "chat#8", "chat#7"]);
        around.Nodes.Select(each => each.Steps).ShouldBe([0, 1, 1, 1]);
        around.Middle.Degree.ShouldBe(9);
        around.LeftOut.ShouldBe(6);
        around.Edges.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_neighbourhood_ends_where_it_should_and_one_of_nothing_is_none()
    {
        NewNode[] line = [.. "abcde".Select(letter => TestMemory.Concept($"name:{letter}"))];
        await WriteAsync(line, [.. line.Zip(line.Skip(1), (from, to) => TestMemory.Edge(from, MemoryEdgeKind.Supports, to))]);

        for (int depth = 1; depth <= 3; depth++)
            (await _memory.NeighbourhoodAsync(Anna, 1, new NeighbourhoodOptions { Depth = depth }))!.Nodes.Count.ShouldBe(depth + 1);
        (await _memory.NeighbourhoodAsync(Anna, 6)).ShouldBeNull();
        (await _memory.NeighbourhoodAsync(MemoryScope.Parse("user:ben"), 1)).ShouldBeNull();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _memory.NeighbourhoodAsync(Anna, 1, new NeighbourhoodOptions { Depth = 4 }));
    }

    [Fact]
    public void Any_graph_has_neighbourhoods_whose_nodes_are_reached_within_their_steps() =>
        Gen.Select(Gen.Int[1, 12], Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11]).List[0, 40], Gen.Int[1, 3], Gen.Int[1, 12]).Sample(
            (count, pairs, depth, most) =>
            {
                var records = new InMemoryStore();
                var memory = new GraphMemory(records);
                NewNode[] nodes = [.. Enumerable.Range(0, count).Select(i => TestMemory.Concept($"name:n{i}"))];
                NewEdge[] edges = [.. pairs.Where(pair => pair.Item1 < count && pair.Item2 < count && pair.Item1 != pair.Item2).Distinct().Select(pair => TestMemory.Edge(nodes[pair.Item1], MemoryEdgeKind.Supports, nodes[pair.Item2]))];
                WriteAsync(records, nodes, edges).GetAwaiter().GetResult();

                MemoryNeighbourhood around = memory.NeighbourhoodAsync(Anna, 1, new NeighbourhoodOptions { Depth = depth, MaxNodes = most }).GetAwaiter().GetResult()!;

                around.Nodes.Count.ShouldBeLessThanOrEqualTo(most);
                around.Nodes.Select(each => each.Node.Id).ShouldBeUnique();
                foreach (MemoryNeighbour each in around.Nodes.Skip(1))
                {
                    each.Steps.ShouldBeInRange(1, depth);
                    around.Edges.ShouldContain(edge => edge.From == each.Node.Id || edge.To == each.Node.Id);
                }
            },
            iter: 200);

    [Fact]
    public async Task An_overview_has_what_is_mentioned_most_and_the_newest_sources()
    {
        (NewNode a, NewNode b, NewNode often, NewNode once) = (TestMemory.Episode("s#0", "A"), TestMemory.Episode("s#1", "B"), TestMemory.Concept("name:often"), TestMemory.Concept("name:once"));
        await WriteAsync([TestMemory.Node(MemoryNodeKind.Source, "old"), TestMemory.Node(MemoryNodeKind.Source, "new"), a, b, often, once], [Mentions(a, often), Mentions(b, often), Mentions(b, once)]);

        MemoryOverview overview = (await _memory.OverviewAsync(Anna, 1))!;

        overview.Concepts.ShouldHaveSingleItem().ShouldBe(new MentionedConcept(overview.Concepts[0].Node, 2));
        overview.Concepts[0].Node.Key.ShouldBe("name:often");
        overview.Sources.ShouldHaveSingleItem().Key.ShouldBe("new");
        overview.Statistics.Nodes[MemoryNodeKind.Concept].ShouldBe(2);
        (await _memory.OverviewAsync(MemoryScope.Parse("user:ben"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("Adopting agencies", "topic:adopt agenc")]
    [InlineData("Parse_Args", "code:parse_args")]
    [InlineData("Zoë", "name:zoe")]
    [InlineData("topic:adopt agenc", "topic:adopt agenc")]
    public async Task A_concept_is_found_by_the_name_that_people_write(string name, string key)
    {
        await WriteAsync([TestMemory.Concept("topic:adopt agenc"), TestMemory.Concept("code:parse_args"), TestMemory.Concept("name:zoe")], []);

        (await _memory.FindAsync(Anna, name))!.Key.ShouldBe(key);
    }

    [Fact]
    public async Task What_speaks_of_a_concept_is_found_and_forgotten_with_what_stood_on_it()
    {
        (NewNode a, NewNode b, NewNode name, NewNode other) = (TestMemory.Episode("s#0", "A"), TestMemory.Episode("s#1", "B"), TestMemory.Concept("name:x"), TestMemory.Concept("name:y"));
        await WriteAsync([a, b, name, other], [Mentions(a, name), Mentions(a, other), Mentions(b, other)]);

        IReadOnlyList<MemoryNode> speaking = await _memory.SpeakingOfAsync(Anna, 3);
        speaking.Select(node => node.Key).ShouldBe(["s#0", "name:x"]);
        (await _memory.ForgetAsync(Anna, [1])).ShouldBe([1, 3]);

        (await _memory.FindAsync(Anna, "X")).ShouldBeNull();
        (await _memory.FindAsync(Anna, "y's"))!.Key.ShouldBe("name:y");
        (await _memory.FindAsync(Anna, "#2"))!.Key.ShouldBe("s#1");
        (await _memory.ForgetAllAsync(Anna)).ShouldBeTrue();
        (await _memory.StatisticsAsync(Anna)).ShouldBeNull();
    }

    private static NewEdge Mentions(NewNode text, NewNode concept) => TestMemory.Edge(text, MemoryEdgeKind.Mentions, concept);

    private static async Task WriteAsync(InMemoryStore store, IReadOnlyList<NewNode> nodes, IReadOnlyList<NewEdge> edges) =>
        await (await store.OpenAsync(Anna, create: true))!.WriteAsync(new MemoryChange { Nodes = nodes, Edges = edges });

    private Task WriteAsync(IReadOnlyList<NewNode> nodes, IReadOnlyList<NewEdge> edges) => WriteAsync(_store, nodes, edges);
}
