using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Conformance;

public abstract partial class VectorStoreConformance
{
    [StoreFact]
    public async Task A_record_comes_back_as_it_was()
    {
        var book = new Book
        {
            Id = Book.IdOf(1),
            Title = "Ørsted 𝄞 'quoted' \"double\" \\ % _ {} $1 \n 書籍 👩‍🚀",
            Note = "",
            Year = -5,
            Pages = 320,
            Sold = 9_007_199_254_740_993,
            Rating = 4.7000000000000002,
            Lent = true,
            Added = new DateTimeOffset(2026, 3, 29, 2, 30, 0, 123, TimeSpan.FromHours(2)),
            Shelf = Book.IdOf(9),
            Tags = ["a", "", "b,c", "{x}", "\"", "null", "ü"],
            Editions = [3, 1, 2],
            Vector = new float[] { 0.6f, -0.8f, 0 },
        };
        await ShelveAsync(book);
        Book read = (await Books.GetAsync(book.Id, new RecordRetrievalOptions { IncludeVectors = true }))!;
        ShouldBeSame(read, book);
        ReadOnlyMemory<float> vector = read.Vector.ShouldNotBeNull();
        vector.Length.ShouldBe(3);
        for (int i = 0; i < 3; i++)
            vector.Span[i].ShouldBe(book.Vector.Value.Span[i], 1e-6f);
    }

    [StoreFact]
    public async Task What_is_missing_in_a_record_stays_missing()
    {
        var book = new Book { Id = Book.IdOf(1), Title = "no note, no pages, no tags, no vector", Year = 1901 };
        await ShelveAsync(book);
        Book read = (await Books.GetAsync(book.Id, new RecordRetrievalOptions { IncludeVectors = true }))!;
        ShouldBeSame(read, book);
        read.Vector.ShouldBeNull();
        (await Books.SearchAsync(FakeEmbeddings.Of("sea"), 5).ToListAsync()).ShouldBeEmpty();
    }

    [StoreFact]
    public async Task Vectors_are_read_only_when_they_are_asked_for()
    {
        await ShelveFourAsync();
        (await Books.GetAsync(Book.IdOf(1)))!.Vector.ShouldBeNull();
        (await Books.GetAsync([Book.IdOf(1)]).SingleAsync()).Vector.ShouldBeNull();
        (await Books.GetAsync(book => book.Year == 1901, 1).SingleAsync()).Vector.ShouldBeNull();
        (await Books.SearchAsync(FakeEmbeddings.Of("sea"), 1).SingleAsync()).Record.Vector.ShouldBeNull();
        (await Books.GetAsync([Book.IdOf(1)], new() { IncludeVectors = true }).SingleAsync()).Vector.ShouldNotBeNull();
        (await Books.GetAsync(book => book.Year == 1901, 1, new() { IncludeVectors = true }).SingleAsync()).Vector.ShouldNotBeNull();
        (await Books.SearchAsync(FakeEmbeddings.Of("sea"), 1, new() { IncludeVectors = true }).SingleAsync()).Record.Vector.ShouldNotBeNull();
    }

    [StoreFact]
    public async Task Records_come_in_the_order_of_their_keys_and_those_that_are_not_there_are_left_out()
    {
        await ShelveFourAsync();
        (await Books.GetAsync(Book.IdOf(99))).ShouldBeNull();
        (await NumbersOf(Books.GetAsync([Book.IdOf(3), Book.IdOf(99), Book.IdOf(1), Book.IdOf(3), Book.IdOf(2)]))).ShouldBe([3, 1, 2]);
        (await Books.GetAsync([]).ToListAsync()).ShouldBeEmpty();
    }

    [StoreFact]
    public async Task To_write_a_record_again_replaces_all_of_it()
    {
        await ShelveFourAsync();
        Book first = Book.Of(1, "first");
        (first.Note, first.Pages, first.Tags) = ("a note", 10, ["old"]);
        await Books.UpsertAsync(first);
        await Books.UpsertAsync(Book.Of(1, "second, about soup"));
        Book read = (await Books.GetAsync(Book.IdOf(1)))!;
        ShouldBeSame(read, Book.Of(1, "second, about soup"));
        (await NumbersOf(Books.GetAsync(book => true, 10))).Length.ShouldBe(4);
        (await NumbersOf(Books.SearchAsync(FakeEmbeddings.Of("soup"), 1))).ShouldBe([1]);
    }

    [StoreFact]
    public async Task Of_two_records_with_one_key_in_one_batch_the_later_counts()
    {
        await ShelveAsync(Book.Of(1, "first"), Book.Of(2, "other"), Book.Of(1, "second"));
        (await Books.GetAsync(Book.IdOf(1)))!.Title.ShouldBe("second");
        (await NumbersOf(Books.GetAsync(book => true, 10))).Length.ShouldBe(2);
    }

    [StoreFact]
    public async Task Deleted_records_are_gone_and_to_delete_what_is_not_there_is_no_error()
    {
        await ShelveFourAsync();
        await Books.DeleteAsync(Book.IdOf(1));
        await Books.DeleteAsync(Book.IdOf(1));
        await Books.DeleteAsync([Book.IdOf(2), Book.IdOf(3), Book.IdOf(99)]);
        await Books.DeleteAsync([]);
        (await NumbersOf(Books.GetAsync(book => true, 10))).ShouldBe([4]);
    }

    [StoreFact]
    public async Task An_empty_batch_does_nothing()
    {
        await Books.UpsertAsync([]);
        (await Books.CollectionExistsAsync()).ShouldBeFalse();
    }

    [StoreFact]
    public async Task A_record_without_a_key_is_refused_and_nothing_of_its_batch_is_written()
    {
        await ShelveFourAsync();
        (await Books.UpsertAsync([Book.Of(5, "good"), new Book { Title = "without key", Vector = FakeEmbeddings.Of("") }]).ShouldThrowAsync<ArgumentException>()).Message.ShouldContain("'Id'");
        (await Books.GetAsync(Book.IdOf(5))).ShouldBeNull();
    }

    [StoreFact]
    public async Task A_vector_of_another_length_is_refused_with_both_lengths_and_nothing_of_its_batch_is_written()
    {
        await ShelveFourAsync();
        Book bad = Book.Of(6, "bad");
        bad.Vector = new float[] { 1, 2 };
        string message = (await Books.UpsertAsync([Book.Of(5, "good"), bad]).ShouldThrowAsync<ArgumentException>()).Message;
        message.ShouldContain("'Vector'");
        message.ShouldContain("2 dimensions");
        message.ShouldContain("have 3");
        (await Books.GetAsync(Book.IdOf(5))).ShouldBeNull();
        (await Books.SearchAsync(new float[] { 1, 2, 3, 4 }, 1).ToListAsync().AsTask().ShouldThrowAsync<ArgumentException>()).Message.ShouldContain("4 dimensions");
    }

    [StoreFact]
    public async Task A_vector_that_holds_no_number_is_refused()
    {
        await ShelveFourAsync();
        Book bad = Book.Of(6, "bad");
        bad.Vector = new[] { 1, float.NaN, 0 };
        await Books.UpsertAsync(bad).ShouldThrowAsync<ArgumentException>();
        await Books.SearchAsync(new[] { float.PositiveInfinity, 0, 0 }, 1).ToListAsync().AsTask().ShouldThrowAsync<ArgumentException>();
    }

    [StoreFact]
    public async Task Ten_thousand_records_are_written_in_one_batch()
    {
        VectorStoreCollection<Guid, Point> points = Store.GetCollection<Guid, Point>(Name);
        await points.EnsureCollectionExistsAsync();
        await points.UpsertAsync(Enumerable.Range(1, 10_000).Select(number => new Point { Id = Book.IdOf(number), Number = number, Place = new[] { MathF.Cos(number), MathF.Sin(number) } }));
        (await points.GetAsync(point => point.Number > 9_990, 100).CountAsync()).ShouldBe(10);
        (await points.GetAsync(Enumerable.Range(1, 10_000).Select(Book.IdOf)).CountAsync()).ShouldBe(10_000);
        await points.DeleteAsync(Enumerable.Range(1, 9_999).Select(Book.IdOf));
        (await points.GetAsync(point => true, 100).SingleAsync()).Number.ShouldBe(10_000);
    }

    [StoreFact]
    public async Task What_is_cancelled_before_it_began_does_nothing()
    {
        await ShelveFourAsync();
        var cancelled = new CancellationToken(canceled: true);
        await Books.UpsertAsync(Book.Of(5, "late"), cancelled).ShouldThrowAsync<OperationCanceledException>();
        await Books.DeleteAsync(Book.IdOf(1), cancelled).ShouldThrowAsync<OperationCanceledException>();
        await Books.GetAsync(Book.IdOf(1), cancellationToken: cancelled).ShouldThrowAsync<OperationCanceledException>();
        await Books.SearchAsync(FakeEmbeddings.Of("sea"), 1, cancellationToken: cancelled).ToListAsync().AsTask().ShouldThrowAsync<OperationCanceledException>();
        await Books.EnsureCollectionDeletedAsync(cancelled).ShouldThrowAsync<OperationCanceledException>();
        await Store.ListCollectionNamesAsync(cancelled).ToListAsync().AsTask().ShouldThrowAsync<OperationCanceledException>();
        (await NumbersOf(Books.GetAsync(book => true, 10))).Order().ShouldBe([1, 2, 3, 4]);
    }

    [StoreFact]
    public async Task A_caller_may_use_the_collection_between_two_results()
    {
        await ShelveFourAsync();
        await foreach (VectorSearchResult<Book> result in Books.SearchAsync(FakeEmbeddings.Of("sea"), 10))
            await Books.DeleteAsync(result.Record.Id);
        (await Books.GetAsync(book => true, 10).ToListAsync()).ShouldBeEmpty();
    }

    [StoreFact]
    public async Task Records_may_be_dictionaries_with_a_definition()
    {
        VectorStoreCollection<object, Dictionary<string, object?>> books = Store.GetDynamicCollection(Name, new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(Guid)), new VectorStoreDataProperty("Title", typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty("Pages", typeof(int?)), new VectorStoreDataProperty("Tags", typeof(List<string>)), new VectorStoreVectorProperty("Vector", typeof(float[]), 3),
            ],
        });
        await books.EnsureCollectionExistsAsync();
        await books.UpsertAsync(new Dictionary<string, object?> { ["Id"] = Book.IdOf(1), ["Title"] = "A ship", ["Pages"] = 12, ["Tags"] = new List<string> { "x" }, ["Vector"] = FakeEmbeddings.Of("ship") });
        await books.UpsertAsync(new Dictionary<string, object?> { ["Id"] = Book.IdOf(2), ["Title"] = "Bread", ["Pages"] = null, ["Tags"] = null, ["Vector"] = FakeEmbeddings.Of("bread") });

        Dictionary<string, object?> read = (await books.GetAsync(Book.IdOf(1), new() { IncludeVectors = true }))!;
        read["Id"].ShouldBe(Book.IdOf(1));
        read["Title"].ShouldBe("A ship");
        read["Pages"].ShouldBe(12);
        read["Tags"].ShouldBeOfType<List<string>>().ShouldBe(["x"]);
        read["Vector"].ShouldBeOfType<float[]>().Length.ShouldBe(3);
        (await books.GetAsync(Book.IdOf(2)))!["Pages"].ShouldBeNull();
        (await books.GetAsync(book => (string)book["Title"]! == "Bread", 5).SingleAsync())["Id"].ShouldBe(Book.IdOf(2));
        (await books.GetAsync(book => (int?)book["Pages"] > 5 && ((List<string>)book["Tags"]!).Contains("x"), 5).SingleAsync())["Id"].ShouldBe(Book.IdOf(1));
        (await books.SearchAsync(FakeEmbeddings.Of("bread"), 1).SingleAsync()).Record["Title"].ShouldBe("Bread");
        await books.GetAsync("no guid").ShouldThrowAsync<ArgumentException>();
    }

    private static void ShouldBeSame(Book read, Book book)
    {
        read.Id.ShouldBe(book.Id);
        read.Title.ShouldBe(book.Title);
        read.Note.ShouldBe(book.Note);
        read.Year.ShouldBe(book.Year);
        read.Pages.ShouldBe(book.Pages);
        read.Sold.ShouldBe(book.Sold);
        read.Rating.ShouldBe(book.Rating);
        read.Lent.ShouldBe(book.Lent);
        read.Added.ShouldBe(book.Added);
        read.Shelf.ShouldBe(book.Shelf);
        read.Tags.ShouldBe(book.Tags);
        read.Editions.ShouldBe(book.Editions);
    }

    private sealed class Point
    {
        [VectorStoreKey]
        public Guid Id { get; set; }

        [VectorStoreData]
        public int Number { get; set; }

        [VectorStoreVector(2, IndexKind = IndexKind.Flat)]
        public ReadOnlyMemory<float> Place { get; set; }
    }
}
