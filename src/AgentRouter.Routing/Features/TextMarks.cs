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
        int code = 0, questions = 0, maths = 0, numbers = 0;
        LanguageScript language = LanguageScript.None;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent { Text: var all })
                continue;
            ReadOnlySpan<char> text = all.AsSpan(0, Math.Min(all.Length, MaxCharacters));
            code += text.CountAny(CodeSigns);
            questions += text.CountAny(QuestionSigns);
            maths += text.CountAny(MathsSigns);
            numbers += CountNumbers(text);
            if (language == LanguageScript.None)
                language = ScriptGuess.Of(text);
        }

        return new TextMarks(code, questions, maths, numbers, language);
    }

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
