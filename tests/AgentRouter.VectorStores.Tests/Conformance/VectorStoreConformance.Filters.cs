using System.Linq.Expressions;
using AgentRouter.VectorStores.Tests.Support;

namespace AgentRouter.VectorStores.Tests.Conformance;

public abstract partial class VectorStoreConformance
{
    /// <summary>Gets filters whose meaning in the store must be the one they have in C#.</summary>
    public static IReadOnlyList<Expression<Func<Book, bool>>> Filters
    {
        get
        {
            string title = "Snow on the mountain";
            int year = 1902;
            long sold = 20;
            int? pages = 100;
            int? none = null;
            string? nobody = null;
            bool lent = true;
            string[] titles = ["Snow on the mountain", "'; DROP TABLE books; --", "nothing"];
            List<int> years = [1901, 1903, 7];
            string?[] notes = [null, "torn"];
            int[] empty = [];
            DateTimeOffset day = new(2026, 1, 3, 14, 0, 0, TimeSpan.FromHours(2));
            var shelf = new { Id = Book.IdOf(1) };
            return
            [
                book => true,
                book => false,
                book => book.Title == title,
                book => title == book.Title,
                book => book.Title != title,
                book => !(book.Title == title),
                book => book.Title == "'; DROP TABLE books; --",
                book => book.Title == "",
                book => book.Year == 1902,
                book => book.Year < year,
                book => book.Year <= year,
                book => book.Year > year,
                book => year <= book.Year,
                book => !(book.Year > year),
                book => book.Year > 1902.5,
                book => book.Sold == sold,
                book => book.Sold >= year,
                book => book.Rating > 2,
                book => book.Rating == 4.5,
                book => book.Rating != 4.5f,
                book => book.Pages == 100,
                book => book.Pages == pages,
                book => book.Pages != pages,
                book => book.Pages < 150,
                book => !(book.Pages < 150),
                book => book.Pages == null,
                book => book.Pages != null,
                book => book.Pages == none,
                book => book.Pages < none,
                book => !(book.Pages < none),
                book => book.Pages.HasValue,
                book => !book.Pages.HasValue,
                book => book.Pages.HasValue && book.Pages.Value > 150,
                book => book.Note == null,
                book => book.Note != null,
                book => book.Note == nobody,
                book => book.Note == "torn",
                book => book.Note != "torn",
                book => book.Lent,
                book => !book.Lent,
                book => book.Lent == lent,
                book => book.Lent != true,
                book => lent || book.Year == 1,
                book => lent && book.Year == 1901,
                book => book.Lent && book.Year > 1901 || book.Title == title,
                book => (book.Lent || book.Year > 1901) && !(book.Year == 1903 || book.Note == "torn"),
                book => !(book.Lent && (book.Year > 1901 || book.Pages == null)),
                book => book.Added == day,
                book => book.Added < day,
                book => book.Added >= day && book.Added < day.AddDays(1),
                book => book.Shelf == shelf.Id,
                book => book.Shelf != shelf.Id,
                book => book.Id == Book.IdOf(3),
                book => book.Id != Book.IdOf(3),
                book => new[] { Book.IdOf(1), Book.IdOf(4), Book.IdOf(77) }.Contains(book.Id),
                book => titles.Contains(book.Title),
                book => !titles.Contains(book.Title),
                book => years.Contains(book.Year),
                book => new[] { 1901, 1904 }.Contains(book.Year),
                book => new List<double> { 4.5, 1 }.Contains(book.Rating),
                book => notes.Contains(book.Note),
                book => !notes.Contains(book.Note),
                book => empty.Contains(book.Year),
                book => !empty.Contains(book.Year),
                book => book.Tags != null,
                book => book.Tags == null,
                book => book.Tags != null && book.Tags.Contains("cold"),
                book => book.Tags == null || !book.Tags.Contains("cold"),
                book => book.Tags != null && book.Tags.Contains("'; --"),
                book => book.Editions != null && book.Editions.Contains(2),
            ];
        }
    }

    [StoreFact]
    public async Task A_filter_means_what_it_means_in_CSharp()
    {
        Book[] books = [Book.Of(1, "The whale and the ship at sea"), Book.Of(2, "Snow on the mountain"), Book.Of(3, "'; DROP TABLE books; --"), Book.Of(4, "")];
        (books[0].Lent, books[0].Pages, books[0].Note, books[0].Tags, books[0].Sold, books[0].Rating) = (true, 100, "torn", ["wet", "cold"], 20, 4.5);
        (books[1].Lent, books[1].Pages, books[1].Note, books[1].Tags, books[1].Sold, books[1].Rating) = (false, 200, "", ["cold"], 5_000, 1);
        (books[2].Lent, books[2].Tags, books[2].Editions, books[2].Rating) = (true, ["'; --", "null"], [2, 3], 2);
        (books[3].Tags, books[3].Editions) = ([], [1]);
        await ShelveAsync(books);
        foreach (Expression<Func<Book, bool>> filter in Filters)
        {
            int[] expected = [.. books.Where(filter.Compile()).Select(book => book.Year - 1900)];
            (await NumbersOf(Books.GetAsync(filter, 10))).Order().ToArray().ShouldBe(expected, filter.ToString());
            (await NumbersOf(Books.SearchAsync(FakeEmbeddings.Of("sea"), 10, new() { Filter = filter }))).Order().ToArray().ShouldBe(expected, filter.ToString());
        }
    }

    [StoreFact]
    public async Task What_cannot_be_translated_is_refused_and_named()
    {
        await ShelveFourAsync();
        string[] words = ["whale"];
        await ShouldBeRefused(book => book.Title.StartsWith("The"), "StartsWith");
        await ShouldBeRefused(book => book.Lent && book.Title.Length > 3, "Length");
        await ShouldBeRefused(book => book.Title.Contains("whale"), "Contains");
        await ShouldBeRefused(book => book.Title == book.Note, "Note");
        await ShouldBeRefused(book => book.Year + 1 == 1902, "Year + 1");
        await ShouldBeRefused(book => (int)book.Sold == 3, "Sold");
        await ShouldBeRefused(book => words.Any(word => book.Title == word), "Any");
        await ShouldBeRefused(book => book.Tags == words, "Tags");
        await ShouldBeRefused(book => book.Vector == null, "Vector");
    }

    [StoreFact]
    public async Task Pages_of_a_filter_neither_overlap_nor_leave_gaps()
    {
        await ShelveAsync([.. Enumerable.Range(1, 25).Select(number => Book.Of(number, $"book {number}"))]);
        var seen = new List<int>();
        for (int skip = 0; skip < 30; skip += 7)
            seen.AddRange(await NumbersOf(Books.GetAsync(book => book.Year > 1905, 7, new() { Skip = skip })));
        seen.Count.ShouldBe(20);
        seen.Order().ShouldBe(Enumerable.Range(6, 20));
    }

    [StoreFact]
    public async Task Records_of_a_filter_come_in_the_order_that_is_asked_for()
    {
        await ShelveAsync([.. Enumerable.Range(1, 25).Select(number => Book.Of((number * 7 % 25) + 1, $"book {number}"))]);
        (await NumbersOf(Books.GetAsync(book => book.Year < 1920, 3, new() { Skip = 2, OrderBy = order => order.Descending(book => book.Year) }))).ShouldBe([17, 16, 15]);
        (await NumbersOf(Books.GetAsync(book => true, 4, new() { OrderBy = order => order.Ascending(book => book.Year) }))).ShouldBe([1, 2, 3, 4]);
        (await NumbersOf(Books.GetAsync(book => true, 4, new() { Skip = 24, OrderBy = order => order.Ascending(book => book.Year) }))).ShouldBe([25]);
    }

    private async Task ShouldBeRefused(Expression<Func<Book, bool>> filter, string part)
    {
        (await Books.GetAsync(filter, 1).ToListAsync().AsTask().ShouldThrowAsync<NotSupportedException>()).Message.ShouldContain(part);
        (await Books.SearchAsync(FakeEmbeddings.Of("sea"), 1, new() { Filter = filter }).ToListAsync().AsTask().ShouldThrowAsync<NotSupportedException>()).Message.ShouldContain(part);
    }
}
