using System.Globalization;
using System.Text;

namespace AgentRouter.Prompts;

/// <summary>Texts of somebody else in a line of a prompt.</summary>
internal static class PromptLine
{
    /// <summary>Puts a text on one line of a bounded length, without characters that nobody sees.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most characters; a text that is cut has an ellipsis behind them.</param>
    public static string Of(string text, int length)
    {
        var line = new StringBuilder(Math.Min(text.Length, length) + 1);
        bool isGap = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isBlank = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
            if (!isBlank && line.Length + rune.Utf16SequenceLength + (isGap ? 1 : 0) > length)
                return line.Append('…').ToString();
            if (!isBlank)
                line.Append(isGap && line.Length > 0 ? " " : "").Append(rune);
            isGap = isBlank;
        }

        return line.ToString();
    }
}
