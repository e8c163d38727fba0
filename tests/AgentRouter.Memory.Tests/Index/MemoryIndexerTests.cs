using AgentRouter.Memory.Index;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Support;
using CsCheck;

namespace AgentRouter.Memory.Tests.Index;

public class MemoryIndexerTests
{
    private static readonly string[] Questions = ["What did Anna make for her mother?", "In which town did the director of The Glass Tower die?", "Rolf in May 2026"];

    [Fact]
    public void What_is_found_does_not_depend_on_how_the_index_came_about()
    {
        Gen.Shuffle(Memories.Friends.Concat(Memories.Wiki).ToArray()).Select(Gen.Bool.Array[8]).Sample((sources, catchUps) => SampleAsync(sources, catchUps).GetAwaiter().GetResult(), iter: 10);
    }

    [Fact]
    public async Task What_is_kept_is_the_same_when_it_is_read_again()
    {
        IMemoryRecords records = await ImportAsync([.. Memories.Friends, .. Memories.Wiki]);
        await using var first = new MemoryIndexer(records);
        await first.FlushAsync();
        (await records.IndexAsync()).ShouldNotBeEmpty();
        await using var second = new MemoryIndexer(records);
        MemoryIndex read = await second.CatchUpAsync();
        read.Version.ShouldBe(first.Current.Version);
        Answers(read).ShouldBe(Answers(first.Current));
    }

    [Fact]
    public async Task Damaged_parts_are_left_out_and_made_anew()
    {
        IMemoryRecords records = await ImportAsync(Memories.Friends);
        await using (var first = new MemoryIndexer(records))
            await first.FlushAsync();
        IReadOnlyList<StoredIndexPart> parts = await records.IndexAsync();
        StoredIndexPart damaged = parts[5] with { Content = parts[5].Content[..^1] };
        await records.WriteIndexAsync([damaged.Name], [damaged], await records.ReadVersionAsync());
        await using var second = new MemoryIndexer(records);
        await using var fresh = new MemoryIndexer(await ImportAsync(Memories.Friends));
        Answers(await second.CatchUpAsync()).ShouldBe(Answers(await fresh.CatchUpAsync()));
    }

    [Fact]
    public async Task An_index_that_says_to_be_ahead_of_its_records_is_made_anew()
    {
        IMemoryRecords records = await ImportAsync(Memories.Friends);
        await using (var first = new MemoryIndexer(records))
            await first.FlushAsync();
        StoredIndexPart head = (await records.IndexAsync())[0];
        byte[] damaged = head.Content.ToArray();
        damaged[5 * sizeof(long) + 6] = 1;
        await records.WriteIndexAsync([], [head with { Content = damaged }], await records.ReadVersionAsync());
        await using var second = new MemoryIndexer(records);
        await using var fresh = new MemoryIndexer(await ImportAsync(Memories.Friends));
        MemoryIndex read = await second.CatchUpAsync();
        read.Version.ShouldBe(await records.ReadVersionAsync());
        Answers(read).ShouldBe(Answers(await fresh.CatchUpAsync()));
    }

    [Fact]
    public async Task Nothing_of_an_erased_text_is_left_in_the_index()
    {
        IMemoryRecords records = await ImportAsync(Memories.Friends);
        await using var indexer = new MemoryIndexer(records);
        MemoryIndex before = await indexer.CatchUpAsync();
        int id = MemoryRanking.Of(before, new MemoryQuestion("Lisbon"), default, RankingOptions.Default, CancellationToken.None).Order[0].Id;
        await records.EraseAsync([id]);
        MemoryIndex after = await indexer.CatchUpAsync();
        IndexSegment segment = after.SegmentOf(id);
        segment.Nodes.Flags[id - segment.FirstId].ShouldBe(NodeFlags.Missing);
        segment.Forward.PlacesOf(id - segment.FirstId).IsEmpty.ShouldBeTrue();
        segment.Vectors[id - segment.FirstId].ContainsAnyExcept((sbyte)0).ShouldBeFalse();
        after.EdgesOf(id, incoming: false).MoveNext().ShouldBeFalse();
    }

    private static async Task SampleAsync(MemorySource[] sources, bool[] catchUps)
    {
        var store = new InMemoryStore();
        IMemoryRecords records = (await store.OpenAsync(Memories.Scope, create: true))!;
        var importer = new MemoryImporter(records);
        await using var stepwise = new MemoryIndexer(records);
        for (int i = 0; i < sources.Length; i++)
        {
            await importer.ImportAsync(sources[i]);
            if (catchUps[i])
                await stepwise.CatchUpAsync();
        }

        await using var atOnce = new MemoryIndexer(records);
        Answers(await stepwise.CatchUpAsync()).ShouldBe(Answers(await atOnce.CatchUpAsync()));
    }

    // rounded: sums of the same numbers in another order differ in the last bits
    private static string[] Answers(MemoryIndex index) =>
        [.. Questions.SelectMany(question => MemoryRanking.Of(index, new MemoryQuestion(question), default, RankingOptions.Default, CancellationToken.None).Order.OrderBy(each => each.Id).Select(each => $"{each.Id} {each.Score:0.000}"))];

    private static async Task<IMemoryRecords> ImportAsync(IReadOnlyList<MemorySource> sources)
    {
        IMemoryRecords records = (await new InMemoryStore().OpenAsync(Memories.Scope, create: true))!;
        var importer = new MemoryImporter(records);
        foreach (MemorySource source in sources)
            await importer.ImportAsync(source);
        return records;
    }
}
