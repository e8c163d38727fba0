using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Conformance;

/// <summary>A record with a property of most kinds.</summary>
public sealed class Book
{
    [VectorStoreKey]
    public Guid Id { get; set; }

    [VectorStoreData(IsIndexed = true, IsFullTextIndexed = true)]
    public string Title { get; set; } = "";

    [VectorStoreData(StorageName = "a note")]
    public string? Note { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Year { get; set; }

    [VectorStoreData]
    public int? Pages { get; set; }

    [VectorStoreData]
    public long Sold { get; set; }

    [VectorStoreData]
    public double Rating { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool Lent { get; set; }

    [VectorStoreData]
    public DateTimeOffset Added { get; set; }

    [VectorStoreData]
    public Guid Shelf { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string[]? Tags { get; set; }

    [VectorStoreData]
    public List<int>? Editions { get; set; }

    [VectorStoreVector(3)]
    public ReadOnlyMemory<float>? Vector { get; set; }

    public static Guid IdOf(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>Makes a book whose vector is that of its title.</summary>
    public static Book Of(int number, string title) => new()
    {
        Id = IdOf(number),
        Title = title,
        Year = 1900 + number,
        Added = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays(number),
        Shelf = IdOf(number % 2),
        Vector = FakeEmbeddings.Of(title),
    };
}
