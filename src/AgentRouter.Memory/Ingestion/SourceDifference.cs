using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion;

/// <summary>What a source has now that it had not before, and the other way round.</summary>
internal sealed class SourceDifference
{
    private readonly Dictionary<string, (string Key, string Hash)> _held = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _forgotten;
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    /// <summary>Compares with what is stored.</summary>
    /// <param name="stored">What is stored; <see langword="null"/> where the source is new.</param>
    public SourceDifference(StoredSource? stored)
    {
        _forgotten = stored?.Forgotten ?? new HashSet<string>();
        foreach ((string key, string hash) in stored?.Episodes ?? new Dictionary<string, string>())
            _held[WithoutVersion(key)] = (key, hash);
    }

    /// <summary>Gets the keys of the episodes that hold and are of no item that was met.</summary>
    public IEnumerable<string> Left => _held.Where(held => !_met.Contains(held.Key)).Select(held => held.Value.Key).Order(StringComparer.Ordinal);

    /// <summary>Finds the episode that holds for an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isSame">Whether its content is the item's.</param>
    /// <returns>The key of the episode, or <see langword="null"/> where none holds.</returns>
    public string? Meet(CheckedItem item, out bool isSame)
    {
        _met.Add(item.Key);
        isSame = _held.TryGetValue(item.Key, out (string Key, string Hash) held) && held.Hash == item.Hash;
        return held.Key;
    }

    /// <summary>Tells whether an item was forgotten by itself, and no version of it holds.</summary>
    public bool IsForgotten(CheckedItem item) => _forgotten.Count > 0 && !_held.ContainsKey(item.Key) && _forgotten.Contains(ForgottenItems.Of(item.Key));

    /// <summary>Gets the key of the item that an episode is a version of.</summary>
    /// <param name="key">The episode's key.</param>
    public static string WithoutVersion(string key)
    {
        int version = key.LastIndexOf(CheckedSource.VersionSign);
        return version > key.LastIndexOf(CheckedSource.ItemSign) ? key[..version] : key;
    }
}
