using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Records;

/// <summary>The keys of records.</summary>
internal static class StoreKey
{
    /// <summary>Gets a record's key.</summary>
    /// <exception cref="ArgumentException">It is not set: two such records would overwrite each other without a word.</exception>
    public static object Of(CollectionModel model, object record) => model.KeyProperty.GetValueAsObject(record) switch
    {
        null => throw new ArgumentException($"A record has no key: set '{model.KeyProperty.ModelName}' before it is written."),
        Guid empty when empty == Guid.Empty => throw new ArgumentException($"A record's key is the empty Guid: set '{model.KeyProperty.ModelName}' before it is written."),
        object key => key,
    };

    /// <summary>Gets the records to write: of those with one key the last.</summary>
    /// <exception cref="ArgumentException">A record's key is not set.</exception>
    public static int[] LastOfEach<TRecord>(CollectionModel model, IReadOnlyList<TRecord> records)
        where TRecord : class
    {
        var last = new Dictionary<object, int>();
        for (int i = 0; i < records.Count; i++)
            last[Of(model, records[i])] = i;
        return [.. last.Values.Order()];
    }

    /// <summary>Gets keys as an array of the key's own type, each once.</summary>
    /// <exception cref="ArgumentException">One is null or of another type.</exception>
    public static Array ToArray<TKey>(CollectionModel model, IEnumerable<TKey> keys)
        where TKey : notnull
    {
        Type type = model.KeyProperty.Type;
        object[] distinct = [.. keys.Select(key => Check(key, type)).Distinct()];
        var array = Array.CreateInstance(type, distinct.Length);
        distinct.CopyTo(array, 0);
        return array;
    }

    private static object Check(object? key, Type type) => key is not null && key.GetType() == type
        ? key
        : throw new ArgumentException($"A key is {(key is null ? "null" : $"of type {key.GetType().Name}")}; the collection's are of type {type.Name}.");
}
