using AgentRouter.Memory.Index;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval.Walk;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Support;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Tests.Retrieval.Walk;

public class NameWaysTests
{
    [Fact]
    public async Task Thin_ways_are_left_out_and_count_in_the_strength_of_all()
    {
        // one text that everybody mentions, and one that only the first does
        MemoryIndex index = await IndexAsync(
            [.. Enumerable.Range(0, 20).Select(i => Memories.Passage($"p{i}", $"In year {i} something was built near Hamburg{(i == 0 ? " and Xanten" : "")}.", $"Building {i}")),
            Memories.Passage("hamburg", "Hamburg is a city on the Elbe.", "Hamburg"), Memories.Passage("xanten", "Xanten is a town on the Rhine.", "Xanten")]);
        int first = Enumerable.Range(1, index.EndId - 1).First(id => new NameWays(index).From(id, 0).Ways.Count > 20);
        (IReadOnlyList<(int Node, float Weight)> all, float strength) = new NameWays(index).From(first, 0);
        strength.ShouldBe(all.Sum(way => way.Weight), 1e-5f);
        float thinnest = all.Min(way => way.Weight);
        (IReadOnlyList<(int Node, float Weight)> thick, float same) = new NameWays(index).From(first, 1.01 * thinnest / strength);
        same.ShouldBe(strength);
        thick.Count.ShouldBeLessThan(all.Count);
        thick.ShouldBe(all.Where(way => way.Weight > 1.01 * thinnest));
        thick.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_text_has_no_way_to_itself()
    {
        MemoryIndex index = await IndexAsync(Memories.Wiki);
        for (int id = 1; id < index.EndId; id++)
            new NameWays(index).From(id, 0).Ways.ShouldAllBe(way => way.Node != id);
    }

    [Fact]
    public async Task What_is_known_of_a_name_is_the_same_the_second_time()
    {
        int often = NamedTexts.MostMentions + 50;
        MemoryIndex index = await IndexAsync(
            [.. Enumerable.Range(0, often).Select(i => Memories.Passage($"p{i}", $"Near Hamburg stands house {i}.", $"House {i}")), Memories.Passage("hamburg", "Hamburg is a city on the Elbe.", "Hamburg")]);
        int hamburg = index.FindConcept(ConceptKeys.NumberOfName("hamburg"))!.Value;
        NamedTexts texts = index.TextsOf(hamburg);
        texts.ShouldBeSameAs(index.TextsOf(hamburg));
        texts.Mentioned.ShouldBe(often);
        texts.Mentions.ShouldBeEmpty();
        texts.About.Length.ShouldBe(1);
    }

    private static async Task<MemoryIndex> IndexAsync(IReadOnlyList<MemorySource> sources)
    {
        IMemoryRecords records = (await new InMemoryStore().OpenAsync(Memories.Scope, create: true))!;
        var importer = new MemoryImporter(records);
        foreach (MemorySource source in sources)
            await importer.ImportAsync(source);
        await using var indexer = new MemoryIndexer(records);
        return await indexer.CatchUpAsync();
    }
}
