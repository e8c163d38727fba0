using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Tests.Support;

internal static class IndexParts
{
    /// <summary>Reads all parts of an index that are kept.</summary>
    public static async Task<IReadOnlyList<StoredIndexPart>> IndexAsync(this IMemoryRecords records)
    {
        var parts = new List<StoredIndexPart>();
        await records.ReadIndexAsync((name, content) => parts.Add(new StoredIndexPart(name, content.ToArray())));
        return parts;
    }
}
