using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentRouter.Cli.Terminals;

/// <summary>Makes text from models, tools and files fit to be shown: nothing in it can move the cursor, change colours,
/// set the window's title or turn the reading direction.</summary>
internal static partial class Untrusted
{
    private const string Cut = "…";

    /// <summary>Cleans a text and keeps its lines.</summary>
    /// <param name="text">The text.</param>
    public static string Block(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        string plain = EscapeSequence().Replace(text, "").ReplaceLineEndings("\n");
        var clean = new StringBuilder(plain.Length);
        for (int i = 0; i < plain.Length; i++)
        {
            char c = plain[i];
            if (c == '\t')
                clean.Append("    ");
            else if (char.IsHighSurrogate(c) && i + 1 < plain.Length && char.IsLowSurrogate(plain[i + 1]))
                clean.Append(c).Append(plain[++i]);
            else if (c == '\n' || IsShown(c))
                clean.Append(c);
        }

        return clean.ToString();
    }

    /// <summary>Cleans a text and makes one line of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most characters that are kept; what is cut is marked.</param>
    public static string Line(string? text, int length = 200)
    {
        return Clip(Spaces().Replace(Block(text), " ").Trim(), length);
    }

    /// <summary>Cuts a clean line where it is too long, and marks the cut.</summary>
    /// <param name="line">The line.</param>
    /// <param name="length">The most characters that are kept.</param>
    public static string Clip(string line, int length)
    {
        if (line.Length <= length)
            return line;
        int keep = Math.Max(0, length - Cut.Length);
        if (keep > 0 && char.IsHighSurrogate(line[keep - 1]))
            keep--;
        return line[..keep].TrimEnd() + Cut;
    }

    // format characters hold the marks that turn the reading direction; half a surrogate pair is no character
    private static bool IsShown(char c) => !char.IsControl(c) && !char.IsSurrogate(c)
        && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // CSI, OSC and the other string commands with their text, then two-character commands
    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)?|[ -/]*[0-~])|\x9B[0-?]*[ -/]*[@-~]|[\x90\x98\x9D-\x9F][^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)?",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapeSequence();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
