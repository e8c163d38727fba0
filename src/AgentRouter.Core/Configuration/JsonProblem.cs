using System.Globalization;
using System.Text.Json;

namespace AgentRouter.Configuration;

/// <summary>Says what is wrong with JSON for people: without the parser's own counting of lines and bytes.</summary>
internal static class JsonProblem
{
    private static readonly string[] Ends = [" LineNumber:", " Path:", ", when isFinalBlock is true"];

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

        return text.TrimEnd(' ', '.');
    }
}
