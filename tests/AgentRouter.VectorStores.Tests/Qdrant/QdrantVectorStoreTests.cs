using AgentRouter.VectorStores.Qdrant;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Qdrant.Fakes;
using AgentRouter.VectorStores.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Qdrant;

public sealed class QdrantVectorStoreTests : IAsyncLifetime
{
    private FakeQdrant _server = null!;
    private QdrantVectorStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeQdrant.StartAsync();
        _store = new QdrantVectorStore(_server.Address, new() { ApiKey = FakeQdrant.Key });
    }

    public async Task DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_collection_is_made_with_the_vectors_and_indexes_that_the_record_asks_for()
    {
        await _store.GetCollection<Guid, Book>("books").EnsureCollectionExistsAsync();
        _server.Bodies.Where(body => body.Length > 0).ShouldBe(
        [
            """{"vectors":{"Vector":{"size":3,"distance":"Cosine"}}}""",
            """{"field_name":"Title","field_schema":"keyword"}""",
            """{"field_name":"Year","field_schema":"integer"}""",
            """{"field_name":"Lent","field_schema":"bool"}""",
            """{"field_name":"Tags","field_schema":"keyword"}""",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Keys_are_numbers_too()
    {
        VectorStoreCollection<ulong, Numbered> things = _store.GetCollection<ulong, Numbered>("things");
        await things.EnsureCollectionExistsAsync();
        await things.UpsertAsync([new Numbered { Key = 0, Share = 0.1f }, new Numbered { Key = ulong.MaxValue, Time = new DateTime(2026, 5, 6, 7, 8, 9, 10, DateTimeKind.Utc) }]);
        (await things.GetAsync([ulong.MaxValue, 0]).Select(thing => thing.Key).ToListAsync()).ShouldBe([ulong.MaxValue, 0]);
        (await things.GetAsync(ulong.MaxValue))!.Time.ShouldBe(new DateTime(2026, 5, 6, 7, 8, 9, 10, DateTimeKind.Utc));
        (await things.GetAsync(thing => thing.Share == 0.1f, 2).SingleAsync()).Share.ShouldBe(0.1f);
    }

    [Fact]
    public async Task Distances_are_scores_and_the_nearer_is_the_lower()
    {
        VectorStoreCollection<ulong, Numbered> things = _store.GetCollection<ulong, Numbered>("things");
        await things.EnsureCollectionExistsAsync();
        await things.UpsertAsync([new Numbered { Key = 1, Vector = [3, 4] }, new Numbered { Key = 2, Vector = [0, 1] }]);
        List<VectorSearchResult<Numbered>> found = await things.SearchAsync(new float[] { 0, 0 }, 5).ToListAsync();
        found.Select(result => (result.Record.Key, result.Score)).ShouldBe([(2ul, 1d), (1ul, 5d)]);
        (await things.SearchAsync(new float[] { 0, 0 }, 5, new() { ScoreThreshold = 2 }).SingleAsync()).Record.Key.ShouldBe(2ul);
    }

    [Fact]
    public async Task Pages_are_read_until_there_are_enough()
    {
        VectorStoreCollection<ulong, Numbered> things = _store.GetCollection<ulong, Numbered>("things");
        await things.EnsureCollectionExistsAsync();
        await things.UpsertAsync(Enumerable.Range(0, 2_500).Select(number => new Numbered { Key = (ulong)number }));
        (await things.GetAsync(thing => true, 2_000, new() { Skip = 400 }).Select(thing => thing.Key).ToListAsync()).ShouldBe(Enumerable.Range(400, 2_000).Select(number => (ulong)number));
        _server.Requests.Count(request => request.EndsWith("/scroll", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task Large_batches_go_out_in_several_requests()
    {
        VectorStoreCollection<ulong, Numbered> things = _store.GetCollection<ulong, Numbered>("things");
        await things.EnsureCollectionExistsAsync();
        string megabyte = new('x', 1_000_000);
        await things.UpsertAsync(Enumerable.Range(0, 9).Select(number => new Numbered { Key = (ulong)number, Text = megabyte }));
        _server.Requests.Count(request => request.StartsWith("PUT /collections/things/points", StringComparison.Ordinal)).ShouldBe(2);
        (await things.GetAsync(thing => true, 20).CountAsync()).ShouldBe(9);
    }

    [Fact]
    public async Task What_Qdrant_cannot_do_is_refused_and_named()
    {
        VectorStoreCollection<ulong, Numbered> things = _store.GetCollection<ulong, Numbered>("things");
        await things.EnsureCollectionExistsAsync();
        (await things.GetAsync(thing => thing.Key > 3, 1).ToListAsync().AsTask().ShouldThrowAsync<NotSupportedException>()).Message.ShouldContain("Key > 3");
        (await things.GetAsync(thing => true, 1, new() { OrderBy = order => order.Ascending(thing => thing.Text) }).ToListAsync().AsTask().ShouldThrowAsync<NotSupportedException>()).Message.ShouldContain("'Text'");
        ShouldBeRefused("'Price'", new VectorStoreDataProperty("Price", typeof(decimal)));
        ShouldBeRefused("'Bad'", new VectorStoreDataProperty("Bad", typeof(int)) { StorageName = "a\"b" });
        ShouldBeRefused("EuclideanSquaredDistance", new VectorStoreVectorProperty("V", typeof(float[]), 3) { DistanceFunction = DistanceFunction.EuclideanSquaredDistance });
        ShouldBeRefused("IvfFlat", new VectorStoreVectorProperty("V", typeof(float[]), 3) { IndexKind = IndexKind.IvfFlat });
        foreach (string name in new[] { "", " ", ".", "..", "a/b", "a\\b", "a\"b", "a?b", "a*b", "a:b", new string('x', 256) })
            Should.Throw<ArgumentException>(() => _store.GetCollection<Guid, Book>(name)).Message.ShouldContain("name");
    }

    [Fact]
    public async Task A_wrong_key_is_told_without_the_key()
    {
        using var store = new QdrantVectorStore(_server.Address, new() { ApiKey = "wrong-key-0815" });
        VectorStoreException failure = await store.CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>();
        failure.Message.ShouldContain("Must provide an API key");
        failure.Message.ShouldContain("401");
        failure.ToString().ShouldNotContain("wrong-key-0815");
        ArgumentException refusal = Should.Throw<ArgumentException>(() => new QdrantVectorStore(_server.Address, new() { ApiKey = "planted\n4711" }));
        refusal.ToString().ShouldNotContain("4711");
    }

    [Theory]
    [InlineData(500, "", "No reason was given")]
    [InlineData(502, "<html>Bad\r\ngateway</html>", "<html>Bad  gateway</html>")]
    [InlineData(400, """{"status":{"error":"Wrong input: something"},"time":0.0}""", "Wrong input: something")]
    [InlineData(400, """{"status":"down"}""", """{"status":"down"}""")]
    [InlineData(200, "", "none of Qdrant's")]
    [InlineData(200, "<html/>", "none of Qdrant's")]
    [InlineData(200, "[]", "none of Qdrant's")]
    [InlineData(200, """{"result":{}}""", "none of Qdrant's")]
    [InlineData(200, """{"result":{"exists":"yes"}}""", "none of Qdrant's")]
    [InlineData(302, "", "302")]
    public async Task A_bad_answer_is_told_in_its_own_words(int status, string body, string told)
    {
        _server.Instead = context => WriteAsync(context, status, body);
        (await _store.CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>()).Message.ShouldContain(told);
    }

    [Fact]
    public async Task A_long_error_is_cut()
    {
        _server.Instead = context => WriteAsync(context, 500, new string('x', 1_000_000));
        (await _store.CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>()).Message.Length.ShouldBeLessThan(700);
    }

    [Fact]
    public async Task A_request_is_sent_once_and_the_key_follows_no_redirect()
    {
        _server.Instead = context =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return WriteAsync(context, 307, "");
        };
        await _store.CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>();
        _server.Requests.ShouldBe(["GET /collections/books/exists"]);
    }

    [Fact]
    public async Task Time_that_runs_out_is_a_failure_and_no_cancellation()
    {
        _server.Instead = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var client = new HttpClient { BaseAddress = _server.Address, Timeout = TimeSpan.FromMilliseconds(50) };
        using var store = new QdrantVectorStore(client);
        (await store.CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>()).Message.ShouldContain("time ran out");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        using var store = new QdrantVectorStore(new Uri("http://127.0.0.1:1"), new() { ApiKey = FakeQdrant.Key });
        VectorStoreException failure = await store.CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>();
        failure.Message.ShouldContain("CollectionExists");
        failure.ToString().ShouldNotContain(FakeQdrant.Key);
    }

    [Fact]
    public async Task Two_callers_may_make_a_collection_at_once()
    {
        VectorStoreCollection<Guid, Book> books = _store.GetCollection<Guid, Book>("books");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => books.EnsureCollectionExistsAsync()));
        (await books.CollectionExistsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_is_registered_with_an_address_or_with_a_client()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, FakeEmbeddings>()
            .AddQdrantVectorStore(_server.Address, options => options.ApiKey = FakeQdrant.Key)
            .BuildServiceProvider();
        VectorStore store = services.GetRequiredService<VectorStore>();
        store.ShouldBeSameAs(services.GetRequiredService<QdrantVectorStore>());
        (await store.CollectionExistsAsync("books")).ShouldBeFalse();

        // a path in front of the API stays
        using var client = new HttpClient { BaseAddress = new Uri(_server.Address, "behind/a/proxy") };
        using ServiceProvider others = new ServiceCollection().AddQdrantVectorStore(_ => client, options => options.ApiKey = FakeQdrant.Key).BuildServiceProvider();
        await others.GetRequiredService<VectorStore>().CollectionExistsAsync("books").ShouldThrowAsync<VectorStoreException>();
        _server.Requests.Last().ShouldBe("GET /behind/a/proxy/collections/books/exists");
        Should.Throw<ArgumentException>(() => new QdrantVectorStore(new HttpClient())).Message.ShouldContain("address");
    }

    private void ShouldBeRefused(string part, VectorStoreProperty property) => Should.Throw<Exception>(() => _store.GetDynamicCollection("x", new()
    {
        Properties = [new VectorStoreKeyProperty("Key", typeof(Guid)), .. property is VectorStoreVectorProperty ? Array.Empty<VectorStoreProperty>() : [new VectorStoreVectorProperty("Vector", typeof(float[]), 3)], property],
    })).Message.ShouldContain(part);

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }

    private sealed class Numbered
    {
        [VectorStoreKey]
        public ulong Key { get; set; }

        [VectorStoreData]
        public string? Text { get; set; }

        [VectorStoreData]
        public float Share { get; set; }

        [VectorStoreData]
        public DateTime Time { get; set; }

        [VectorStoreVector(2, DistanceFunction = DistanceFunction.EuclideanDistance)]
        public float[]? Vector { get; set; }
    }
}
