using AgentRouter.VectorStores.Postgres;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace AgentRouter.VectorStores.Tests.Postgres;

[NeedsPgvector]
[Collection(PgvectorServerUse.Name)]
public sealed class PostgresTableTests(PgvectorServer server) : IAsyncLifetime
{
    private readonly string _name = $"table-{Guid.NewGuid():N}";
    private readonly PostgresVectorStore _store = new(server.DataSource);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (PgvectorServer.Missing is null)
            await _store.EnsureCollectionDeletedAsync(_name);
        _store.Dispose();
    }

    [StoreFact]
    public async Task A_table_has_the_columns_and_indexes_that_the_record_asks_for()
    {
        await _store.GetCollection<Guid, Book>(_name).EnsureCollectionExistsAsync();
        (await RowsAsync("SELECT column_name || ' ' || CASE udt_name WHEN 'vector' THEN 'vector' ELSE data_type END || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position")).ShouldBe(
        [
            "Id uuid NOT NULL", "Title text", "a note text", "Year integer NOT NULL", "Pages integer", "Sold bigint NOT NULL", "Rating double precision NOT NULL", "Lent boolean NOT NULL",
            "Added timestamp with time zone NOT NULL", "Shelf uuid NOT NULL", "Tags ARRAY", "Editions ARRAY", "Vector vector",
        ], ignoreOrder: true);
        (await RowsAsync("SELECT substring(indexdef from 'USING .*') FROM pg_indexes WHERE tablename = $1")).ShouldBe(
        [
            "USING btree (\"Id\")", "USING btree (\"Title\")", "USING btree (\"Year\")", "USING btree (\"Lent\")", "USING gin (\"Tags\")",
            "USING gin (to_tsvector('english'::regconfig, \"Title\"))", "USING hnsw (\"Vector\" vector_cosine_ops)",
        ], ignoreOrder: true);
    }

    [StoreFact]
    public async Task Every_kind_of_value_is_kept()
    {
        VectorStoreCollection<string, Everything> things = _store.GetCollection<string, Everything>(_name);
        await things.EnsureCollectionExistsAsync();
        var thing = new Everything
        {
            Key = "ключ",
            Small = short.MinValue,
            Price = 12345678901234567890.12345m,
            Share = 0.1f,
            Sold = long.MaxValue,
            Time = new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc),
            Times = [new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1))],
            Flags = [true, false],
            Prices = [1.5m, 2m],
            Ids = [Book.IdOf(1)],
            Embedding = new(new float[] { 1, 2 }),
        };
        await things.UpsertAsync(thing);
        Everything read = (await things.GetAsync("ключ", new() { IncludeVectors = true }))!;
        read.Small.ShouldBe(thing.Small);
        read.Price.ShouldBe(thing.Price);
        read.Share.ShouldBe(thing.Share);
        read.Sold.ShouldBe(thing.Sold);
        read.Time.ShouldBe(thing.Time);
        read.Time.Kind.ShouldBe(DateTimeKind.Utc);
        read.Times.ShouldBe(thing.Times);
        read.Flags.ShouldBe(thing.Flags);
        read.Prices.ShouldBe(thing.Prices);
        read.Ids.ShouldBe(thing.Ids);
        read.Embedding!.Vector.ToArray().ShouldBe([1, 2]);
        (await things.GetAsync(one => one.Price == 12345678901234567890.12345m && one.Small < 0 && one.Share == 0.1f && one.Time > DateTime.UnixEpoch, 1).CountAsync()).ShouldBe(1);
    }

    [StoreFact]
    public async Task Keys_are_numbers_too()
    {
        VectorStoreCollection<int, Numbered<int>> few = _store.GetCollection<int, Numbered<int>>(_name);
        await few.EnsureCollectionExistsAsync();
        await few.UpsertAsync([new Numbered<int> { Key = 0 }, new Numbered<int> { Key = int.MinValue }]);
        (await few.GetAsync([int.MinValue, 0]).Select(one => one.Key).ToListAsync()).ShouldBe([int.MinValue, 0]);
        await few.EnsureCollectionDeletedAsync();

        VectorStoreCollection<long, Numbered<long>> many = _store.GetCollection<long, Numbered<long>>(_name);
        await many.EnsureCollectionExistsAsync();
        await many.UpsertAsync(new Numbered<long> { Key = long.MaxValue });
        (await many.GetAsync(long.MaxValue))!.Key.ShouldBe(long.MaxValue);
    }

    [StoreFact]
    public async Task A_batch_is_written_whole_or_not_at_all()
    {
        VectorStoreCollection<Guid, Book> books = _store.GetCollection<Guid, Book>(_name);
        await books.EnsureCollectionExistsAsync();
        Book bad = Book.Of(1_500, "PostgreSQL takes no zero: \0");
        VectorStoreException failure = await books.UpsertAsync([.. Enumerable.Range(1, 1_499).Select(number => Book.Of(number, "good")), bad]).ShouldThrowAsync<VectorStoreException>();
        failure.Message.ShouldContain("22021");
        (await books.GetAsync(book => true, 1).ToListAsync()).ShouldBeEmpty();
    }

    [StoreFact]
    public async Task A_table_of_another_shape_fails_with_what_the_server_says()
    {
        await _store.GetCollection<int, Numbered<int>>(_name).EnsureCollectionExistsAsync();
        VectorStoreCollection<Guid, Book> books = _store.GetCollection<Guid, Book>(_name);
        await books.EnsureCollectionExistsAsync();
        (await books.UpsertAsync(Book.Of(1, "sea")).ShouldThrowAsync<VectorStoreException>()).Message.ShouldContain("42703");
    }

    [StoreFact]
    public async Task Collections_of_another_schema_are_others()
    {
        await RowsAsync("CREATE SCHEMA IF NOT EXISTS \"other \"\"schema\"\"\"");
        using var other = new PostgresVectorStore(server.DataSource, new() { Schema = "other \"schema\"" });
        await other.GetCollection<Guid, Book>(_name).EnsureCollectionExistsAsync();
        (await other.ListCollectionNamesAsync().ToListAsync()).ShouldBe([_name]);
        (await _store.CollectionExistsAsync(_name)).ShouldBeFalse();
        await other.EnsureCollectionDeletedAsync(_name);
        (await other.CollectionExistsAsync(_name)).ShouldBeFalse();
    }

    private async Task<List<string>> RowsAsync(string sql)
    {
        await using NpgsqlCommand command = server.DataSource.CreateCommand(sql);
        if (sql.Contains("$1", StringComparison.Ordinal))
            command.Parameters.Add(new NpgsqlParameter { Value = _name });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private sealed class Everything
    {
        [VectorStoreKey]
        public string Key { get; set; } = "";

        [VectorStoreData]
        public short Small { get; set; }

        [VectorStoreData]
        public decimal Price { get; set; }

        [VectorStoreData]
        public float? Share { get; set; }

        [VectorStoreData]
        public long? Sold { get; set; }

        [VectorStoreData]
        public DateTime Time { get; set; }

        [VectorStoreData]
        public List<DateTimeOffset>? Times { get; set; }

        [VectorStoreData]
        public bool[]? Flags { get; set; }

        [VectorStoreData]
        public List<decimal>? Prices { get; set; }

        [VectorStoreData]
        public Guid[]? Ids { get; set; }

        [VectorStoreVector(2)]
        public Microsoft.Extensions.AI.Embedding<float>? Embedding { get; set; }
    }

    private sealed class Numbered<TKey>
    {
        [VectorStoreKey]
        public TKey Key { get; set; } = default!;

        [VectorStoreVector(1)]
        public float[]? Vector { get; set; }
    }
}
