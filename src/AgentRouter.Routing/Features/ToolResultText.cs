using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AgentRouter.Routing.Features;

/// <summary>What can be told of a tool's result at a glance: its length, and whether it reports an error.</summary>
internal static class ToolResultText
{
    private const string Error = "error";

    /// <summary>Gets the length of a result in characters; 0 for what is neither text nor JSON.</summary>
    public static int LengthOf(object? result) => result switch
    {
        string text => text.Length,
        JsonElement { ValueKind: not JsonValueKind.Undefined } json => JsonMarshal.GetRawUtf8Value(json).Length,
        _ => 0,
    };

    /// <summary>Says whether a result reports an error. By the convention of function-calling loops a failed call's result is a text that
    /// begins with the word; other tools give an object that begins with <c>"error": …</c>.</summary>
    public static bool ReportsError(object? result) => result switch
    {
        string text => ReportsError(text.AsSpan().TrimStart()),
        JsonElement { ValueKind: JsonValueKind.String } json => JsonMarshal.GetRawUtf8Value(json)[1..] is var raw
            && raw.Length > Error.Length && Ascii.EqualsIgnoreCase(raw[..Error.Length], Error),
        JsonElement { ValueKind: JsonValueKind.Object } json => ReportsError(json),
        _ => false,
    };

    private static bool ReportsError(JsonElement json)
    {
        foreach (JsonProperty first in json.EnumerateObject())
        {
            JsonElement value = first.Value;
            return first.NameEquals(Error) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)
                && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
        }

        return false;
    }

    private static bool ReportsError(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith('{'))
            return text.StartsWith(Error, StringComparison.OrdinalIgnoreCase);
        text = text[1..].TrimStart();
        if (!text.StartsWith("\"error\""))
            return false;
        text = text["\"error\"".Length..].TrimStart().TrimStart(':').TrimStart();
        return !text.StartsWith("null") && !text.StartsWith("false") && !text.StartsWith("\"\"");
    }
}
