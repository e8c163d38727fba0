using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Conformance;

/// <summary>What every store does. Each fact works in a collection of its own, which is deleted afterwards.</summary>
public abstract partial class VectorStoreConformance : IAsyncLifetime
{
    private VectorStore? _store;

    /// <summary>Gets the store that is tested.</summary>
    protected VectorStore Store => _store ??= CreateStore();

    /// <summary>Gets the name of the fact's collection.</summary>
    protected string Name { get; } = $"books-{Guid.NewGuid():N}";

    protected VectorStoreCollection<Guid, Book> Books => field ??= Store.GetCollection<Guid, Book>(Name);

    /// <summary>Gets names that are strange, and allowed.</summary>
    protected virtual IReadOnlyList<string> StrangeNames => ["books'; DROP TABLE x; --", "Bücher 書籍", "UPPER lower", "a.b", "select", "100%25", "a+b&c=d#e"];

    /// <summary>Makes a store over the server.</summary>
    protected abstract VectorStore CreateStore(IEmbeddingGenerator? generator = null);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        await Store.EnsureCollectionDeletedAsync(Name);
        Store.Dispose();
    }

    /// <summary>Makes the collection, with these books in it.</summary>
    protected async Task<VectorStoreCollection<Guid, Book>> ShelveAsync(params Book[] books)
    {
        await Books.EnsureCollectionExistsAsync();
        await Books.UpsertAsync(books);
        return Books;
    }

    /// <summary>Makes the collection, with one book about the sea, two about mountains, and one about cooking.</summary>
    protected Task<VectorStoreCollection<Guid, Book>> ShelveFourAsync() => ShelveAsync(
        Book.Of(1, "The whale and the ship at sea"), Book.Of(2, "Snow on the mountain"), Book.Of(3, "To climb a mountain with bread"), Book.Of(4, "Soup, bread and a kitchen"));

    protected static async Task<int[]> NumbersOf(IAsyncEnumerable<Book> books) => [.. await books.Select(book => book.Year - 1900).ToListAsync()];

    protected static Task<int[]> NumbersOf(IAsyncEnumerable<VectorSearchResult<Book>> results) => NumbersOf(results.Select(result => result.Record));
}
