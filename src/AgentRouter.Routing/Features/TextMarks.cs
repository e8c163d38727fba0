using System.Buffers;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Features;

/// <summary>What the signs of a text say of it, without reading its words.</summary>
/// <param name="Code">Braces, semicolons and backticks.</param>
/// <param name="Questions">Question marks.</param>
/// <param name="Maths">Signs of mathematics.</param>
/// <param name="Numbers">Numbers: runs of digits, with points and commas within.</param>
/// <param name="Language">The script of its letters.</param>
internal readonly record struct TextMarks(int Code, int Questions, int Maths, int Numbers, LanguageScript Language)
{
    /// <summary>The most characters of a text that are looked at, from its beginning.</summary>
    public const int MaxCharacters = 16_384;

    private static readonly SearchValues<char> CodeSigns = SearchValues.Create("{};`");
    private static readonly SearchValues<char> QuestionSigns = SearchValues.Create("?？؟");
    // no / < > * -: in prompts they are paths, tags, lists and hyphens
    private static readonly SearchValues<char> MathsSigns = SearchValues.Create("+=^√∑∏∫≤≥≠≈π−×÷±∞");

    /// <summary>Looks at the text of a message.</summary>
    public static TextMarks Of(IList<AIContent> contents)
    {
        TextMarks all = default;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is TextContent { Text: var text })
                all = all.With(Of(text));
        }

        return all;
    }

    /// <summary>Looks at a text.</summary>
    public static TextMarks Of(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MaxCharacters)];
        return new TextMarks(text.CountAny(CodeSigns), text.CountAny(QuestionSigns), text.CountAny(MathsSigns), CountNumbers(text), ScriptGuess.Of(text));
    }

    private TextMarks With(TextMarks more) => new(
        Code + more.Code, Questions + more.Questions, Maths + more.Maths, Numbers + more.Numbers, Language == LanguageScript.None ? more.Language : Language);

    private static int CountNumbers(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (text.IndexOfAnyInRange('0', '9') is >= 0 and var at)
        {
            count++;
            text = text[at..];
            int end = 1;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
                end++;
            text = text[end..];
        }

        return count;
    }
}
