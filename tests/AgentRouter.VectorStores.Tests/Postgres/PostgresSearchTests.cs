using AgentRouter.VectorStores.Postgres;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Postgres;

[NeedsPgvector]
[Collection(PgvectorServerUse.Name)]
public sealed class PostgresSearchTests(PgvectorServer server) : IAsyncLifetime
{
    private static readonly float[][] Places = [[1, 2], [-3, 0.5f], [4, 4], [0.1f, -2], [2, 1]];

    private readonly string _name = $"search-{Guid.NewGuid():N}";
    private readonly PostgresVectorStore _store = new(server.DataSource);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (PgvectorServer.Missing is null)
            await _store.EnsureCollectionDeletedAsync(_name);
        _store.Dispose();
    }

    [StoreFact]
    public async Task Every_distance_function_orders_and_scores_as_it_is_defined()
    {
        float[] query = [1.5f, 0.5f];
        foreach ((string function, Func<float[], double> score, bool higherIsCloser) in new (string, Func<float[], double>, bool)[]
        {
            (DistanceFunction.CosineSimilarity, place => Dot(place, query) / Math.Sqrt(Dot(place, place) * Dot(query, query)), true),
            (DistanceFunction.CosineDistance, place => 1 - (Dot(place, query) / Math.Sqrt(Dot(place, place) * Dot(query, query))), false),
            (DistanceFunction.DotProductSimilarity, place => Dot(place, query), true),
            (DistanceFunction.NegativeDotProductSimilarity, place => -Dot(place, query), false),
            (DistanceFunction.EuclideanDistance, place => Math.Sqrt(Square(place[0] - query[0]) + Square(place[1] - query[1])), false),
            (DistanceFunction.EuclideanSquaredDistance, place => Square(place[0] - query[0]) + Square(place[1] - query[1]), false),
            (DistanceFunction.ManhattanDistance, place => Math.Abs(place[0] - query[0]) + Math.Abs(place[1] - query[1]), false),
        })
        {
            VectorStoreCollection<object, Dictionary<string, object?>> places = await PlacesAsync(function);
            (int Key, double Score)[] expected = [.. Places.Select((place, key) => (key, score(place))).OrderBy(one => higherIsCloser ? -one.Item2 : one.Item2)];
            List<VectorSearchResult<Dictionary<string, object?>>> found = await places.SearchAsync(query, 5).ToListAsync();
            found.Select(result => (int)result.Record["Key"]!).ShouldBe(expected.Select(one => one.Key), function);
            found.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First.Score!.Value - pair.Second.Score) < 1e-5, function);

            // a threshold between the second and the third
            double threshold = (expected[1].Score + expected[2].Score) / 2;
            (await places.SearchAsync(query, 5, new() { ScoreThreshold = threshold }).CountAsync()).ShouldBe(2, function);
            await places.EnsureCollectionDeletedAsync();
        }
    }

    [StoreFact]
    public async Task A_hybrid_search_ranks_what_is_near_and_holds_the_words_first()
    {
        VectorStoreCollection<Guid, Book> books = await ShelveAsync();
        var hybrid = (IKeywordHybridSearchable<Book>)books;
        float[] query = FakeEmbeddings.Of("mountain");

        List<VectorSearchResult<Book>> results = await hybrid.HybridSearchAsync(query, ["bread"], 3).ToListAsync();
        results.Select(result => result.Record.Year - 1900).ShouldBe([3, 4, 2], "3 is near and has bread, 4 is far and has bread, 2 is the nearest");
        results[0].Score!.Value.ShouldBe((1 / 62d) + (1 / 61d), 1e-9);
        results[1].Score!.Value.ShouldBe((1 / 64d) + (1 / 62d), 1e-9);
        results[2].Score!.Value.ShouldBe(1 / 61d, 1e-9);
    }

    [StoreFact]
    public async Task A_hybrid_search_filters_skips_and_stops_at_a_score()
    {
        var hybrid = (IKeywordHybridSearchable<Book>)await ShelveAsync();
        float[] query = FakeEmbeddings.Of("mountain");
        (await NumbersOf(hybrid.HybridSearchAsync(query, ["bread"], 3, new() { Filter = book => book.Year != 1903 }))).ShouldBe([4, 2, 1]);
        (await NumbersOf(hybrid.HybridSearchAsync(query, ["bread"], 1, new() { Skip = 1 }))).ShouldBe([4]);
        (await NumbersOf(hybrid.HybridSearchAsync(query, ["bread"], 5, new() { ScoreThreshold = 1 / 61.5 }))).ShouldBe([3, 4, 2]);
        (await hybrid.HybridSearchAsync(query, ["bread"], 1, new() { IncludeVectors = true }).SingleAsync()).Record.Vector.ShouldNotBeNull();
    }

    [StoreFact]
    public async Task Keywords_are_words_and_no_query_language()
    {
        var hybrid = (IKeywordHybridSearchable<Book>)await ShelveAsync();
        float[] query = FakeEmbeddings.Of("mountain");
        (await NumbersOf(hybrid.HybridSearchAsync(query, ["SOUPS", "'); DROP TABLE x; --", "whale & | ! ( :*"], 4))).ShouldContain(4, "words are compared by their stem");
        (await NumbersOf(hybrid.HybridSearchAsync(query, [], 2))).ShouldBe([2, 3], "without words only nearness counts");
    }

    [StoreFact]
    public async Task A_hybrid_search_needs_a_property_that_is_indexed_for_words()
    {
        var places = (IKeywordHybridSearchable<Dictionary<string, object?>>)await PlacesAsync(DistanceFunction.CosineDistance);
        await places.HybridSearchAsync(new float[] { 1, 2 }, ["word"], 1).ToListAsync().AsTask().ShouldThrowAsync<InvalidOperationException>();
    }

    private async Task<VectorStoreCollection<Guid, Book>> ShelveAsync()
    {
        VectorStoreCollection<Guid, Book> books = _store.GetCollection<Guid, Book>(_name);
        await books.EnsureCollectionExistsAsync();
        await books.UpsertAsync(
            [Book.Of(1, "The whale at sea"), Book.Of(2, "Snow on the mountain, a climb"), Book.Of(3, "To climb a mountain with bread"), Book.Of(4, "Soup, bread and a kitchen")]);
        return books;
    }

    private static async Task<int[]> NumbersOf(IAsyncEnumerable<VectorSearchResult<Book>> results) => [.. await results.Select(result => result.Record.Year - 1900).ToListAsync()];

    private async Task<VectorStoreCollection<object, Dictionary<string, object?>>> PlacesAsync(string distanceFunction)
    {
        VectorStoreCollection<object, Dictionary<string, object?>> places = _store.GetDynamicCollection(_name, new()
        {
            Properties = [new VectorStoreKeyProperty("Key", typeof(int)), new VectorStoreVectorProperty("Place", typeof(float[]), 2) { DistanceFunction = distanceFunction }],
        });
        await places.EnsureCollectionExistsAsync();
        await places.UpsertAsync(Places.Select((place, key) => new Dictionary<string, object?> { ["Key"] = key, ["Place"] = place }));
        return places;
    }

    private static double Dot(float[] left, float[] right) => left.Zip(right, (a, b) => (double)a * b).Sum();

    private static double Square(double value) => value * value;
}
