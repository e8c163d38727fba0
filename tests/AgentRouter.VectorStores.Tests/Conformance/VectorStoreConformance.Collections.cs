using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Conformance;

public abstract partial class VectorStoreConformance
{
    [StoreFact]
    public async Task A_collection_is_there_once_it_was_made_and_gone_once_it_was_deleted()
    {
        (await Books.CollectionExistsAsync()).ShouldBeFalse();
        await Books.EnsureCollectionExistsAsync();
        (await Books.CollectionExistsAsync()).ShouldBeTrue();
        (await Store.CollectionExistsAsync(Name)).ShouldBeTrue();
        await Books.EnsureCollectionDeletedAsync();
        (await Books.CollectionExistsAsync()).ShouldBeFalse();
        (await Store.CollectionExistsAsync(Name)).ShouldBeFalse();
    }

    [StoreFact]
    public async Task To_make_a_collection_again_keeps_what_is_in_it_and_to_delete_it_again_is_no_error()
    {
        await ShelveFourAsync();
        await Books.EnsureCollectionExistsAsync();
        (await Books.GetAsync(Book.IdOf(1))).ShouldNotBeNull();
        await Store.EnsureCollectionDeletedAsync(Name);
        await Store.EnsureCollectionDeletedAsync(Name);
        await Books.EnsureCollectionDeletedAsync();
    }

    [StoreFact]
    public async Task Collections_are_listed_by_name()
    {
        await Books.EnsureCollectionExistsAsync();
        (await Store.ListCollectionNamesAsync().ToListAsync()).ShouldContain(Name);
        await Books.EnsureCollectionDeletedAsync();
        (await Store.ListCollectionNamesAsync().ToListAsync()).ShouldNotContain(Name);
    }

    [StoreFact]
    public async Task A_name_is_a_name_whatever_it_looks_like()
    {
        await ShelveFourAsync();
        foreach (string name in StrangeNames)
        {
            VectorStoreCollection<Guid, Book> strange = Store.GetCollection<Guid, Book>(name);
            await strange.EnsureCollectionExistsAsync();
            try
            {
                (await strange.CollectionExistsAsync()).ShouldBeTrue(name);
                (await Store.ListCollectionNamesAsync().ToListAsync()).ShouldContain(name);
                await strange.UpsertAsync(Book.Of(7, name));
                (await strange.GetAsync(Book.IdOf(7)))!.Title.ShouldBe(name);
                (await NumbersOf(strange.SearchAsync(FakeEmbeddings.Of("sea"), 5))).ShouldBe([7]);
            }
            finally
            {
                await strange.EnsureCollectionDeletedAsync();
            }

            (await Store.CollectionExistsAsync(name)).ShouldBeFalse(name);
        }

        (await NumbersOf(Books.GetAsync(book => true, 10))).Length.ShouldBe(4);
    }

    [StoreFact]
    public async Task What_is_done_in_a_missing_collection_fails_with_its_name_and_the_operation()
    {
        await ShouldFail(Books.UpsertAsync(Book.Of(1, "sea")), "Upsert");
        await ShouldFail(Books.GetAsync(Book.IdOf(1)), "Get");
        await ShouldFail(Books.GetAsync([Book.IdOf(1)]).ToListAsync().AsTask(), "Get");
        await ShouldFail(Books.GetAsync(book => book.Lent, 1).ToListAsync().AsTask(), "Get");
        await ShouldFail(Books.DeleteAsync(Book.IdOf(1)), "Delete");
        await ShouldFail(Books.SearchAsync(FakeEmbeddings.Of("sea"), 1).ToListAsync().AsTask(), "Search");
    }

    [StoreFact]
    public void A_store_and_a_collection_tell_what_they_are()
    {
        var store = (VectorStoreMetadata)Store.GetService(typeof(VectorStoreMetadata))!;
        var books = (VectorStoreCollectionMetadata)Books.GetService(typeof(VectorStoreCollectionMetadata))!;
        store.VectorStoreSystemName.ShouldNotBeNullOrEmpty();
        books.VectorStoreSystemName.ShouldBe(store.VectorStoreSystemName);
        books.VectorStoreName.ShouldBe(store.VectorStoreName);
        books.CollectionName.ShouldBe(Name);
        Books.Name.ShouldBe(Name);
        Store.GetService(Store.GetType()).ShouldBeSameAs(Store);
        Books.GetService(typeof(VectorStoreCollection<Guid, Book>)).ShouldBeSameAs(Books);
        Books.GetService(typeof(IVectorSearchable<Book>)).ShouldBeSameAs(Books);
        Books.GetService(typeof(string)).ShouldBeNull();
        Store.GetService(typeof(VectorStoreMetadata), "another").ShouldBeNull();
        Books.GetService(typeof(VectorStoreCollectionMetadata), "another").ShouldBeNull();
    }

    private async Task ShouldFail(Task work, string operation)
    {
        VectorStoreException failure = await work.ShouldThrowAsync<VectorStoreException>();
        failure.OperationName.ShouldBe(operation);
        failure.CollectionName.ShouldBe(Name);
        failure.VectorStoreSystemName.ShouldBe(((VectorStoreMetadata)Store.GetService(typeof(VectorStoreMetadata))!).VectorStoreSystemName);
        failure.Message.ShouldContain(Name);
        failure.Message.ShouldContain(operation);
    }
}
