using System.Globalization;
using AgentRouter.Configuration;

namespace AgentRouter.Memory.Ingestion;

/// <summary>A source that can be imported: within the limits, with safe texts, unique keys and hashes.</summary>
/// <param name="Source">The source.</param>
/// <param name="Items">Its items, without the empty ones.</param>
/// <param name="Skipped">The items that were left out.</param>
/// <param name="Hash">The hash of the whole content.</param>
internal sealed record CheckedSource(MemorySource Source, IReadOnlyList<CheckedItem> Items, IReadOnlyList<SkippedItem> Skipped, string Hash)
{
    /// <summary>What parts the key of an episode into its source and its item.</summary>
    public const char ItemSign = '#';

    /// <summary>What parts the key of an item and its version.</summary>
    public const char VersionSign = '~';

    /// <summary>Checks a source.</summary>
    /// <exception cref="ConfigurationException">It is beyond the limits, or keys are wrong; the message says which item and why.</exception>
    public static CheckedSource Of(MemorySource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckKey(source.Key, "The key of a source");
        if (source.Items.Count > ImportLimits.Items)
            throw new ConfigurationException($"The source '{source.Key}' has {source.Items.Count:N0} items; at most {ImportLimits.Items:N0} can be imported. Split it into several sources.");
        source = source with { Title = Note(source.Title, source.Key, "title") };
        using var hash = new ContentHash();
        (var items, var skipped) = (new List<CheckedItem>(source.Items.Count), new List<SkippedItem>());
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (int place = 0; place < source.Items.Count; place++)
        {
            MemoryItem item = source.Items[place];
            string where = string.Create(CultureInfo.InvariantCulture, $"{source.Key}, item {place}");
            if (string.IsNullOrWhiteSpace(item.Text) && string.IsNullOrWhiteSpace(item.Attachment))
            {
                skipped.Add(new SkippedItem(place, "It is empty."));
                continue;
            }

            string key = source.Key + ItemSign + ItemKey(item, place, where);
            if (!keys.Add(key))
                throw new ConfigurationException($"{where}: the key '{item.Key}' is used twice in the source. Give each item its own, or none any.");
            item = Safe(item, source.Time, where);
            items.Add(new CheckedItem(item, place, key, HashOf(item, hash)));
        }

        return new CheckedSource(source, items, skipped, HashOf(source, items, hash));
    }

    private static string ItemKey(MemoryItem item, int place, string where)
    {
        if (item.Key is not { } key)
            return place.ToString(CultureInfo.InvariantCulture);
        CheckKey(key, $"{where}: the key of an item");
        return key.AsSpan().ContainsAny(ItemSign, VersionSign)
            ? throw new ConfigurationException($"{where}: the key '{key}' has a '{ItemSign}' or a '{VersionSign}', which keys of items cannot have. Leave them out.")
            : key;
    }

    private static void CheckKey(string key, string what)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > ImportLimits.KeyLength || !ReferenceEquals(SafeText.Of(key), key) || key.AsSpan().ContainsAny('\r', '\n', '\t'))
            throw new ConfigurationException($"{what} has 1 to {ImportLimits.KeyLength} characters, without control characters and halves of characters.");
    }

    private static MemoryItem Safe(MemoryItem item, DateTimeOffset? time, string where)
    {
        if (item.Text.Length > ImportLimits.TextLength)
            throw new ConfigurationException($"{where}: the text has {item.Text.Length:N0} characters; at most {ImportLimits.TextLength:N0} can be imported. Split it into several items.");
        return item with
        {
            Text = SafeText.Of(item.Text),
            Title = Note(item.Title, where, "title"),
            Attachment = Note(item.Attachment, where, "attachment"),
            Speaker = Note(item.Speaker, where, "speaker"),
            Time = item.Time ?? time,
        };
    }

    private static string? Note(string? text, string where, string name)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return text.Length <= ImportLimits.NoteLength
            ? SafeText.Of(text)
            : throw new ConfigurationException($"{where}: the {name} has {text.Length:N0} characters; at most {ImportLimits.NoteLength:N0} can be imported. Shorten it.");
    }

    private static string HashOf(MemoryItem item, ContentHash hash)
    {
        hash.Add(item.Text);
        hash.Add(item.Title);
        hash.Add(item.Attachment);
        hash.Add(item.Speaker);
        hash.Add(item.Time);
        return hash.Take();
    }

    private static string HashOf(MemorySource source, List<CheckedItem> items, ContentHash hash)
    {
        hash.Add(source.Title);
        hash.Add(source.Time);
        foreach (CheckedItem item in items)
        {
            hash.Add(item.Key);
            hash.Add(item.Hash);
        }

        return hash.Take();
    }
}
