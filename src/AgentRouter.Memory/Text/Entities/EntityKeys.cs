using System.Globalization;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Text.Entities;

/// <summary>Makes the keys of concepts.</summary>
internal static class EntityKeys
{
    /// <summary>What the keys of names begin with.</summary>
    public const string NamePrefix = "name:";

    /// <summary>What the keys of topics begin with.</summary>
    public const string TopicPrefix = "topic:";

    /// <summary>What the keys of days begin with.</summary>
    public const string DatePrefix = "date:";

    /// <summary>Makes the key of a name, or <see langword="null"/> where nothing is left of it.</summary>
    public static string? Name(ReadOnlySpan<char> name) => OrNone(NamePrefix, CanonicalText.OfName(name));

    /// <summary>Makes the key of what a title names, or <see langword="null"/> where nothing is left of it.</summary>
    public static string? Title(ReadOnlySpan<char> title) => OrNone(NamePrefix, CanonicalText.OfTitle(title));

    /// <summary>Makes the key of days.</summary>
    public static string Date(MemoryPeriod period) => period.First == period.Last
        ? string.Create(CultureInfo.InvariantCulture, $"{DatePrefix}{period.First:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"{DatePrefix}{period.First:yyyy-MM-dd}/{period.Last:yyyy-MM-dd}");

    /// <summary>Gets the days of a key, or <see langword="null"/> where it is of something else.</summary>
    public static MemoryPeriod? PeriodOf(string key)
    {
        if (!key.StartsWith(DatePrefix, StringComparison.Ordinal))
            return null;
        string[] days = key[DatePrefix.Length..].Split('/');
        return Day(days[0]) is { } first && Day(days[^1]) is { } last && first <= last ? new MemoryPeriod(first, last) : null;
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    private static string? OrNone(string type, string form) => form.Length == 0 ? null : type + form;
}
