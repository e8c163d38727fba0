using System.Text;

namespace AgentRouter.Skills.Use;

/// <summary>Cuts a Markdown text to a number of tokens: before a heading where that keeps at least half of what fits, else after a paragraph, else
/// after a line.</summary>
internal static class BodyCut
{
    private const int MostHeadings = 8;
    private const int HeadingLength = 60;

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text, with line feeds.</param>
    /// <param name="tokens">The most tokens that stay.</param>
    /// <returns>What stays, and the headings of what does not.</returns>
    public static (string Kept, IReadOnlyList<string> LeftOut) To(string text, int tokens)
    {
        int fits = FittingLength(text, tokens * SkillTokens.BytesPerToken);
        if (fits == text.Length)
            return (text, []);
        int heading = 0, paragraph = 0, line = 0;
        foreach (MarkdownLine next in Lines(text))
        {
            if (next.Start > fits)
                break;
            line = next.Start;
            if (next.IsHeading)
                heading = next.Start;
            if (next.BeginsParagraph)
                paragraph = next.Start;
        }

        int half = fits / 2;
        int cut = heading >= half ? heading : paragraph >= half ? paragraph : line > 0 ? line : fits;
        return (text[..cut].TrimEnd(), [.. Lines(text).Where(next => next.IsHeading && next.Start >= cut).Take(MostHeadings).Select(next => Title(text, next.Start))]);
    }

    private static int FittingLength(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text.Length;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    private static string Title(string text, int start)
    {
        int end = text.IndexOf('\n', start);
        string title = text[start..(end < 0 ? text.Length : end)].Trim('#', ' ', '\t');
        return SkillPrompt.OneLine(title, HeadingLength);
    }

    private static IEnumerable<MarkdownLine> Lines(string text)
    {
        bool isCode = false, isAfterBlank = false;
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            string line = text[start..(end < 0 ? text.Length : end)];
            bool isFence = line.AsSpan().TrimStart().StartsWith("```", StringComparison.Ordinal) || line.AsSpan().TrimStart().StartsWith("~~~", StringComparison.Ordinal);
            yield return new MarkdownLine(start, !isCode && IsHeading(line), !isCode && isAfterBlank && line.Length > 0);
            isCode ^= isFence;
            isAfterBlank = string.IsNullOrWhiteSpace(line);
            start = end < 0 ? text.Length : end + 1;
        }
    }

    private static bool IsHeading(string line)
    {
        int marks = line.AsSpan().IndexOfAnyExcept('#');
        return marks is >= 1 and <= 6 && line[marks] == ' ';
    }

    private readonly record struct MarkdownLine(int Start, bool IsHeading, bool BeginsParagraph);
}
