using System.Text;

namespace AgentRouter.Memory.Text;

/// <summary>Makes of a name what is left when case, accents, signs and <c>'s</c> are gone: <c>Zoë's Café</c> is <c>zoe cafe</c>.</summary>
/// <remarks>The words are those of <see cref="TermScanner"/>, so that questions find the names.</remarks>
internal static class CanonicalText
{
    /// <summary>The most characters that are left.</summary>
    public const int MaxLength = 300;

    private static readonly string[] Endings = ["s", "re", "ve", "ll", "d", "m", "t"];

    /// <summary>Makes the canonical form of a name.</summary>
    /// <returns>Letters and digits with single spaces between words; empty where there are none.</returns>
    public static string OfName(ReadOnlySpan<char> name)
    {
        Span<char> form = stackalloc char[MaxLength];
        int length = 0;
        (bool isParted, bool isInWord) = (false, false);
        for (int at = 0; at < name.Length && length < MaxLength; at++)
        {
            char c = name[at];
            if (char.IsLetterOrDigit(c))
            {
                bool isUnspaced = TermScanner.IsUnspaced(c);
                if ((isParted || isUnspaced) && length > 0 && length + 1 < MaxLength)
                    form[length++] = ' ';
                form[length++] = LetterFold.Fold(c);
                (isParted, isInWord) = (isUnspaced, true);
            }
            else if (!LetterFold.IsMark(c))
            {
                bool isApostrophe = c is '\'' or '\u2019' or '\u2018' or '\u02BC' or '`';
                int ending = isApostrophe && isInWord ? EndingLength(name[(at + 1)..]) : 0;
                // the n of don't goes too
                if (ending == 1 && name[at + 1] is 't' or 'T' && length > 1 && form[length - 1] == 'n' && form[length - 2] != ' ')
                    length--;
                at += ending;
                (isParted, isInWord) = (true, false);
            }
        }

        return form[..length].TrimEnd(' ').ToString();
    }

    /// <summary>Makes the canonical form of a title: without what stands in brackets, cut at the first comma.</summary>
    public static string OfTitle(ReadOnlySpan<char> title)
    {
        int comma = title.IndexOf(',');
        if (comma > 0)
            title = title[..comma];
        int open = title.IndexOf('(');
        if (open <= 0)
            return OfName(title);
        int close = title[open..].IndexOf(')');
        return OfName(close < 0 ? title[..open] : string.Concat(title[..open], " ", title[(open + close + 1)..]));
    }

    /// <summary>Writes a text for comparison: lower case, white space between words made single spaces.</summary>
    public static string Normalized(ReadOnlySpan<char> text)
    {
        var form = new StringBuilder(text.Length);
        bool isParted = false;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                isParted = form.Length > 0;
                continue;
            }

            if (isParted)
                form.Append(' ');
            isParted = false;
            form.Append(char.ToLowerInvariant(c));
        }

        return form.ToString();
    }

    private static int EndingLength(ReadOnlySpan<char> behind)
    {
        foreach (string ending in Endings)
        {
            if (behind.StartsWith(ending, StringComparison.OrdinalIgnoreCase) && (behind.Length == ending.Length || !char.IsLetterOrDigit(behind[ending.Length])))
                return ending.Length;
        }

        return 0;
    }
}
