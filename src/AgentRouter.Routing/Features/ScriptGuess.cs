using AgentRouter.Steps;

namespace AgentRouter.Routing.Features;

/// <summary>Guesses the script of a text from its first letters.</summary>
internal static class ScriptGuess
{
    // enough to outvote a pasted name or a line of code
    private const int Letters = 256;

    private static readonly int Scripts = (int)LanguageScript.Other + 1;

    /// <summary>Finds the script that most of the first letters are of; the first one of equals.</summary>
    public static LanguageScript Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Scripts];
        int letters = 0;
        for (int i = 0; i < text.Length && letters < Letters; i++)
        {
            if (!char.IsLetter(text[i]))
                continue;
            counts[(int)Of(text[i])]++;
            letters++;
        }

        int most = 0;
        for (int script = 1; script < counts.Length; script++)
        {
            if (counts[script] > counts[most])
                most = script;
        }

        return (LanguageScript)most;
    }

    // blocks of the Unicode standard
    private static LanguageScript Of(char letter) => letter switch
    {
        < '\u0250' or (>= '\u1E00' and <= '\u1EFF') or (>= '\uFF21' and <= '\uFF5A') => LanguageScript.Latin,
        (>= '\u0370' and <= '\u03FF') or (>= '\u1F00' and <= '\u1FFF') => LanguageScript.Greek,
        >= '\u0400' and <= '\u052F' => LanguageScript.Cyrillic,
        >= '\u0590' and <= '\u05FF' => LanguageScript.Hebrew,
        (>= '\u0600' and <= '\u077F') or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF') => LanguageScript.Arabic,
        >= '\u0900' and <= '\u0DFF' => LanguageScript.Indic,
        (>= '\u1100' and <= '\u11FF') or (>= '\u3040' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7FF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFFDC') => LanguageScript.Cjk,
        _ => LanguageScript.Other,
    };
}
