using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>The fields of a JSON object from a file: typed, bounded, with the place named where one is not what it should be.</summary>
internal sealed class JsonFields(JsonElement element, string location)
{
    /// <summary>Gets the fields of an object within this one.</summary>
    /// <param name="inner">The element; it must be an object.</param>
    /// <param name="what">What it is, for messages.</param>
    public JsonFields Within(JsonElement inner, string what) => inner.ValueKind == JsonValueKind.Object
        ? new JsonFields(inner, $"{location}, {what}")
        : throw Error($"{what} is an object, not {Shown(inner)}.");

    /// <summary>Gets a text, or <see langword="null"/> where it is missing or null.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Error($"'{name}' is a text, not {Shown(value)}.");
    }

    /// <summary>Gets a text, or any other value as JSON.</summary>
    public string? Any(string name) => Find(name) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    /// <summary>Gets a whole number from 0.</summary>
    public long? Whole(string name, long most)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0 && number <= most
            ? number
            : throw Error($"'{name}' is a whole number from 0 to {most.ToString("N0", CultureInfo.InvariantCulture)}, not {Shown(value)}.");
    }

    /// <summary>Gets a number from 0 to 1.</summary>
    public double? Share(string name)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number is >= 0 and <= 1
            ? number
            : throw Error($"'{name}' is a number from 0 to 1, not {Shown(value)}.");
    }

    /// <summary>Gets a moment.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw Error($"'{name}' is a moment such as 2026-03-20T06:10:19Z, not '{text[..Math.Min(text.Length, 40)]}'.");
    }

    /// <summary>Gets the items of a list; none where it is missing or null.</summary>
    public IEnumerable<JsonElement> List(string name)
    {
        if (Find(name) is not { } value)
            return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Error($"'{name}' is a list, not {Shown(value)}.");
    }

    /// <summary>Makes an error that names the place.</summary>
    public ConfigurationException Error(string message) => new($"{location}: {message}");

    private JsonElement? Find(string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Shown(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
