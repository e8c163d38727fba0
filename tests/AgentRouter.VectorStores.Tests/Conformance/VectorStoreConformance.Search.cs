using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Conformance;

public abstract partial class VectorStoreConformance
{
    [StoreFact]
    public async Task The_nearest_come_first_with_the_cosine_as_their_score()
    {
        await ShelveFourAsync();
        float[] query = FakeEmbeddings.Of("mountain and snow with bread");
        List<VectorSearchResult<Book>> results = await Books.SearchAsync(query, 3).ToListAsync();
        results.Select(result => result.Record.Year - 1900).ShouldBe([3, 2, 4]);
        foreach (VectorSearchResult<Book> result in results)
            result.Score!.Value.ShouldBe(FakeEmbeddings.Of(result.Record.Title).Zip(query, (left, right) => left * right).Sum(), 1e-5);
    }

    [StoreFact]
    public async Task A_search_takes_the_vector_in_each_of_its_forms()
    {
        await ShelveFourAsync();
        float[] query = FakeEmbeddings.Of("sea");
        (await NumbersOf(Books.SearchAsync(query, 1))).ShouldBe([1]);
        (await NumbersOf(Books.SearchAsync(new ReadOnlyMemory<float>(query), 1))).ShouldBe([1]);
        (await NumbersOf(Books.SearchAsync(new Microsoft.Extensions.AI.Embedding<float>(query), 1))).ShouldBe([1]);
    }

    [StoreFact]
    public async Task A_search_skips_and_stops_at_a_score()
    {
        await ShelveFourAsync();
        float[] query = FakeEmbeddings.Of("mountain and snow with bread");
        (await NumbersOf(Books.SearchAsync(query, 2, new() { Skip = 1 }))).ShouldBe([2, 4]);
        (await NumbersOf(Books.SearchAsync(query, 10, new() { Skip = 4 }))).ShouldBeEmpty();
        (await NumbersOf(Books.SearchAsync(query, 10, new() { ScoreThreshold = 0.5 }))).ShouldBe([3, 2]);
        (await NumbersOf(Books.SearchAsync(query, 10, new() { ScoreThreshold = 0.5, Skip = 1 }))).ShouldBe([2]);
        (await NumbersOf(Books.SearchAsync(query, 10, new() { ScoreThreshold = 1.1 }))).ShouldBeEmpty();
    }

    [StoreFact]
    public async Task A_search_for_fewer_than_one_is_refused()
    {
        await ShelveFourAsync();
        await Books.SearchAsync(FakeEmbeddings.Of("sea"), 0).ToListAsync().AsTask().ShouldThrowAsync<ArgumentOutOfRangeException>();
        await Books.GetAsync(book => true, 0).ToListAsync().AsTask().ShouldThrowAsync<ArgumentOutOfRangeException>();
    }

    [StoreFact]
    public async Task A_filter_that_few_records_pass_still_gives_all_that_are_wanted()
    {
        // most records lie nearer than those that pass: an index that gives its 40 nearest and filters afterwards would find none
        await ShelveAsync([.. Enumerable.Range(1, 400).Select(number => number % 50 == 0 ? Book.Of(number, "kitchen soup") : Book.Of(number, "whale"))]);
        (await NumbersOf(Books.SearchAsync(FakeEmbeddings.Of("whale"), 8, new() { Filter = book => book.Title == "kitchen soup" }))).Length.ShouldBe(8);
        (await NumbersOf(Books.SearchAsync(FakeEmbeddings.Of("whale"), 300))).Length.ShouldBe(300);
    }

    [StoreFact]
    public async Task Text_is_embedded_when_it_is_written_and_when_it_is_searched_for()
    {
        var generator = new FakeEmbeddings();
        using VectorStore store = CreateStore(generator);
        VectorStoreCollection<Guid, Page> pages = store.GetCollection<Guid, Page>(Name);
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync([new Page { Id = Book.IdOf(1), Text = "the ship at sea" }, new Page { Id = Book.IdOf(2), Text = "snow on a mountain" }, new Page { Id = Book.IdOf(3), Text = null }]);
        generator.Calls.ShouldBe([2]);
        VectorSearchResult<Page> found = await pages.SearchAsync("who will climb?", 1).SingleAsync();
        found.Record.Id.ShouldBe(Book.IdOf(2));
        generator.Calls.ShouldBe([2, 1]);
        await pages.GetAsync(Book.IdOf(1), new() { IncludeVectors = true }).ShouldThrowAsync<NotSupportedException>();
    }

    [StoreFact]
    public async Task Text_is_searched_for_in_vectors_of_ones_own_when_a_generator_is_there()
    {
        await ShelveFourAsync();
        using VectorStore store = CreateStore(new FakeEmbeddings());
        (await NumbersOf(store.GetCollection<Guid, Book>(Name).SearchAsync("bread and soup from the kitchen", 1))).ShouldBe([4]);
    }

    [StoreFact]
    public async Task Text_without_a_generator_is_refused()
    {
        await ShelveFourAsync();
        (await Books.SearchAsync("the sea", 1).ToListAsync().AsTask().ShouldThrowAsync<NotSupportedException>()).Message.ShouldContain("String");
    }

    [StoreFact]
    public async Task Of_several_vectors_the_one_that_is_named_is_searched()
    {
        VectorStoreCollection<Guid, Twins> twins = Store.GetCollection<Guid, Twins>(Name);
        await twins.EnsureCollectionExistsAsync();
        await twins.UpsertAsync([new Twins { Id = Book.IdOf(1), First = new float[] { 1, 0 }, Second = [0, 1, 0] }, new Twins { Id = Book.IdOf(2), First = new float[] { 0, 1 }, Second = [1, 0, 0] }]);
        (await twins.SearchAsync(new float[] { 1, 0 }, 1, new() { VectorProperty = twin => twin.First }).SingleAsync()).Record.Id.ShouldBe(Book.IdOf(1));
        (await twins.SearchAsync(new float[] { 1, 0, 0 }, 1, new() { VectorProperty = twin => twin.Second }).SingleAsync()).Record.Id.ShouldBe(Book.IdOf(2));
        await twins.SearchAsync(new float[] { 1, 0 }, 1).ToListAsync().AsTask().ShouldThrowAsync<InvalidOperationException>();
    }

    private sealed class Page
    {
        [VectorStoreKey]
        public Guid Id { get; set; }

        [VectorStoreVector(3)]
        public string? Text { get; set; }
    }

    private sealed class Twins
    {
        [VectorStoreKey]
        public Guid Id { get; set; }

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float> First { get; set; }

        [VectorStoreVector(3)]
        public float[]? Second { get; set; }
    }
}
