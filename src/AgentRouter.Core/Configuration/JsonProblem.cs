using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentRouter.Configuration;

/// <summary>Says what is wrong with JSON for people: without the parser's own counting of lines and bytes, and without the names of types.</summary>
internal static partial class JsonProblem
{
    private const string Missing = "missing required properties including:";
    private static readonly string[] Ends = [" LineNumber:", " Path:", ", when isFinalBlock is true", " encountered during deserialization"];

    /// <summary>Describes an error in a text of one line: what is wrong and where.</summary>
    public static string InLine(JsonException error) => error.BytePositionInLine is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{Of(error)} (byte {at + 1})")
        : Of(error);

    /// <summary>Describes an error.</summary>
    public static string Of(JsonException error)
    {
        string text = error.Message;
        foreach (string end in Ends)
        {
            if (text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at)
                text = text[..at];
        }

        if (text.IndexOf(Missing, StringComparison.Ordinal) is >= 0 and var missing)
            return $"it has no {text[(missing + Missing.Length)..].Trim(' ', '.')}";
        if (NamesType().IsMatch(text))
            return error.Path is { Length: > 2 } path ? $"what stands at '{path[2..]}' is not what belongs there" : "it is not what belongs there";
        return text.TrimEnd(' ', '.');
    }

    // values of another kind, null where nothing may be null
    [GeneratedRegex(@"could not be converted to |\bon type '", RegexOptions.CultureInvariant)]
    private static partial Regex NamesType();
}
