using System.Text.Json;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.PolicyFiles;

/// <summary>Reads the parts of an item of a state file; whatever does not fit is <see langword="null"/>.</summary>
internal static class StateJson
{
    private const int MaxTextLength = 400;

    /// <summary>Reads a short text.</summary>
    public static string? Text(this JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    /// <summary>Reads a list of short texts.</summary>
    public static List<string>? Texts(this JsonElement item, string name, int most) => List(item, name, most, Text);

    /// <summary>Reads a number within bounds.</summary>
    public static double? Number(this JsonElement item, string name, double least, double most) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : null;

    /// <summary>Reads a whole number from 0.</summary>
    public static long? Count(this JsonElement item, string name, long most) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) && count >= 0 && count <= most
            ? count
            : null;

    /// <summary>Reads a list of amounts in USD, below a bound.</summary>
    public static List<Money>? Amounts(this JsonElement item, string name, int most, decimal belowUsd) => List(item, name, most, value =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal usd) && usd >= 0 && usd < belowUsd ? (Money?)Money.FromUsd(decimal.Round(usd, 12)) : null)
        ?.ConvertAll(amount => amount!.Value);

    private static List<T>? List<T>(JsonElement item, string name, int most, Func<JsonElement, T?> read)
    {
        if (!item.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most)
            return null;
        var entries = new List<T>(list.GetArrayLength());
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (read(entry) is not { } value)
                return null;
            entries.Add(value);
        }

        return entries;
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= MaxTextLength } text ? text : null;
}
