using System.Globalization;
using System.Text;

namespace AgentRouter.Workflows;

/// <summary>Bounds text that comes from models, tools and files.</summary>
internal static class TextLimit
{
    /// <summary>The most characters of arguments, results and outputs in an event.</summary>
    public const int Event = 2_000;

    /// <summary>The most characters of a tool's result that a model is given, whatever the tool allows itself.</summary>
    public const int ToolResult = 65_536;

    /// <summary>Shortens a text and says by how much.</summary>
    public static string Shorten(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        int keep = char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, keep)}… ({text.Length - keep:N0} more characters)");
    }

    /// <summary>Cuts a text to a number of UTF-8 bytes, never inside a character.</summary>
    public static string CutToBytes(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        const string Mark = "…";
        int room = bytes - 3;
        int at = 0;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            room -= rune.Utf8SequenceLength;
            if (room < 0)
                break;
            at += length;
        }

        return string.Concat(text.AsSpan(0, at), Mark);
    }
}
