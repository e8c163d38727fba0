using AgentRouter.VectorStores.Postgres;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace AgentRouter.VectorStores.Tests.Postgres;

/// <summary>What needs no server: refusals, messages, registration.</summary>
public sealed class PostgresVectorStoreTests
{
    private const string Secret = "planted-secret-4711";

    /// <summary>Nobody listens on port 1.</summary>
    private const string Nowhere = $"Host=127.0.0.1;Port=1;Database=things;Username=me;Password={Secret};Timeout=5";

    [Fact]
    public async Task An_unreachable_server_is_told_without_the_password()
    {
        using var store = new PostgresVectorStore(Nowhere);
        foreach (Task work in new Task[] { store.CollectionExistsAsync("books"), store.GetCollection<Guid, Book>("books").UpsertAsync(Book.Of(1, "sea")), store.ListCollectionNamesAsync().ToListAsync().AsTask() })
        {
            VectorStoreException failure = await work.ShouldThrowAsync<VectorStoreException>();
            failure.VectorStoreName.ShouldBe("things");
            failure.ToString().ShouldNotContain(Secret);
        }
    }

    [Theory]
    [InlineData($"Host=localhost;Passwort={Secret}")]
    [InlineData($"Host=localhost;Password=abc;{Secret}=x")]
    [InlineData($"Host=localhost;Port={Secret}")]
    [InlineData(Secret)]
    public void A_connection_string_that_cannot_be_read_is_refused_without_repeating_it(string connectionString)
    {
        ArgumentException failure = Should.Throw<ArgumentException>(() => new PostgresVectorStore(connectionString));
        failure.Message.ShouldContain("connection string");
        failure.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void A_name_that_the_server_would_cut_is_refused()
    {
        using var store = new PostgresVectorStore(Nowhere);
        string tooLong = new('ü', 32);
        Should.Throw<ArgumentException>(() => store.GetCollection<Guid, Book>(tooLong)).Message.ShouldContain("63 bytes");
        Should.Throw<ArgumentException>(() => store.GetCollection<Guid, Book>(" ")).Message.ShouldContain("empty");
        Should.Throw<ArgumentException>(() => store.GetCollection<Guid, Book>("a\0b")).Message.ShouldContain("zero");
        Should.Throw<ArgumentException>(() => new PostgresVectorStore(Nowhere, new() { Schema = tooLong })).Message.ShouldContain("schema");
        Should.Throw<ArgumentException>(() => store.GetDynamicCollection("x", Definition(new VectorStoreDataProperty(tooLong, typeof(string))))).Message.ShouldContain("column");
    }

    [Fact]
    public void What_a_table_cannot_hold_is_refused_with_the_name_of_the_property()
    {
        ShouldBeRefused("'Uri'", new VectorStoreDataProperty("Uri", typeof(Uri)));
        ShouldBeRefused("'Number'", new VectorStoreDataProperty("Number", typeof(int)) { IsFullTextIndexed = true });
        ShouldBeRefused("2000", new VectorStoreVectorProperty("Long", typeof(float[]), 2_001));
        ShouldBeRefused("16000", new VectorStoreVectorProperty("Longer", typeof(float[]), 16_001) { IndexKind = IndexKind.Flat });
        ShouldBeRefused("IvfFlat", new VectorStoreVectorProperty("Other", typeof(float[]), 3) { IndexKind = IndexKind.IvfFlat });
        ShouldBeRefused("HammingDistance", new VectorStoreVectorProperty("Bits", typeof(float[]), 3) { DistanceFunction = DistanceFunction.HammingDistance });
        ShouldBeRefused("'Halves'", new VectorStoreVectorProperty("Halves", typeof(Half[]), 3));
        using var store = new PostgresVectorStore(Nowhere);
        Should.Throw<NotSupportedException>(() => store.GetDynamicCollection("x", new() { Properties = [new VectorStoreKeyProperty("Key", typeof(DateTime)), new VectorStoreVectorProperty("V", typeof(float[]), 3)] }))
            .Message.ShouldContain("'Key'");
        Should.Throw<ArgumentException>(() => store.GetCollection<object, Dictionary<string, object?>>("x")).Message.ShouldContain("definition");
    }

    [Fact]
    public void A_store_is_registered_with_the_generator_that_is_registered()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, FakeEmbeddings>()
            .AddPostgresVectorStore(Nowhere, options => options.Schema = "mine")
            .BuildServiceProvider();
        VectorStore store = services.GetRequiredService<VectorStore>();
        store.ShouldBeSameAs(services.GetRequiredService<PostgresVectorStore>());
        // a property of text is only possible with a generator
        store.GetDynamicCollection("x", new() { Properties = [new VectorStoreKeyProperty("Key", typeof(int)), new VectorStoreVectorProperty("Text", typeof(string), 3)] }).Name.ShouldBe("x");
    }

    [Fact]
    public void A_store_over_a_registered_data_source_leaves_it_open()
    {
        using NpgsqlDataSource source = NpgsqlDataSource.Create(Nowhere);
        using (ServiceProvider services = new ServiceCollection().AddSingleton(_ => source).AddPostgresVectorStore().BuildServiceProvider())
            services.GetRequiredService<VectorStore>().GetService(typeof(NpgsqlDataSource)).ShouldBeSameAs(source);
        using var store = new PostgresVectorStore(source);
        store.Dispose();
        source.CreateConnection().Dispose();
    }

    private static void ShouldBeRefused(string part, VectorStoreProperty property)
    {
        using var store = new PostgresVectorStore(Nowhere);
        Exception refusal = Should.Throw<Exception>(() => store.GetDynamicCollection("x", Definition(property)));
        refusal.ShouldBeAssignableTo<SystemException>();
        refusal.Message.ShouldContain(part);
    }

    private static VectorStoreCollectionDefinition Definition(VectorStoreProperty property) => new()
    {
        Properties = [new VectorStoreKeyProperty("Key", typeof(int)), .. property is VectorStoreVectorProperty ? Array.Empty<VectorStoreProperty>() : [new VectorStoreVectorProperty("Vector", typeof(float[]), 3)], property],
    };
}
