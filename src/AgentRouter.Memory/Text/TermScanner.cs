using AgentRouter.Language;

namespace AgentRouter.Memory.Text;

/// <summary>Reads the words of a text: plain letters, contracted endings off, irregular forms undone, stemmed. Used again and again, by one thread at a time.</summary>
/// <remarks>
/// A word is a run of letters and digits, or one character of a script without spaces. <c>She's gone to Zoë's</c> has the words <c>she gone to zoe</c>, of
/// which the terms are <c>go zoe</c>.
/// </remarks>
internal sealed class TermScanner
{
    /// <summary>The longest word that is read; what is longer is no word but data.</summary>
    public const int MaxWordLength = 64;

    private const int Family = 16;

    private readonly List<ScannedTerm> _words = [];
    private char[] _plain = new char[256];

    /// <summary>Gets the words of the text that was read last, stop words among them.</summary>
    public IReadOnlyList<ScannedTerm> Words => _words;

    /// <summary>Gets a word of the text that was read last, as it was before stemming.</summary>
    public ReadOnlySpan<char> TextOf(ScannedTerm word) => _plain.AsSpan(word.Start, word.Length);

    /// <summary>Computes the number of a term that is a stem already.</summary>
    public static ulong Number(ReadOnlySpan<char> stem) => Math.Max(1, TermHash.Of(stem, Family));

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    public void Read(ReadOnlySpan<char> text)
    {
        _words.Clear();
        if (_plain.Length < text.Length)
            _plain = new char[Math.Max(text.Length, _plain.Length * 2)];
        int length = 0;
        foreach (char c in text)
        {
            if (!LetterFold.IsMark(c))
                _plain[length++] = c is '\u2019' or '\u2018' or '\u02BC' or '`' ? '\'' : LetterFold.Fold(c);
        }

        ReadOnlySpan<char> plainText = _plain.AsSpan(0, length);
        for (int at = 0; at < length;)
        {
            if (!IsWordCharacter(plainText[at]))
            {
                at++;
                continue;
            }

            int start = at;
            if (IsUnspaced(plainText[at]))
                at++;
            else
                while (at < length && IsWordCharacter(plainText[at]) && !IsUnspaced(plainText[at]))
                    at++;
            int end = at;
            if (at < length && plainText[at] == '\'')
                at = Contraction(plainText, start, ref end, at);
            if (end > start && end - start <= MaxWordLength)
                _words.Add(Term(start, end - start));
        }
    }

    // what hangs at an apostrophe goes: she's, they've; and so does the n of don't
    private static int Contraction(ReadOnlySpan<char> text, int start, ref int end, int apostrophe)
    {
        int after = apostrophe + 1;
        while (after < text.Length && IsWordCharacter(text[after]))
            after++;
        ReadOnlySpan<char> ending = text[(apostrophe + 1)..after];
        if (ending is not ("s" or "re" or "ve" or "ll" or "d" or "m" or "t"))
            return apostrophe;
        if (ending is "t" && end - start > 1 && text[end - 1] == 'n')
            end--;
        return after;
    }

    private ScannedTerm Term(int start, int length)
    {
        ReadOnlySpan<char> word = _plain.AsSpan(start, length);
        if (MemoryStopWords.Contains(word))
            return new ScannedTerm(0, start, length);
        Span<char> stem = stackalloc char[MaxWordLength + 1];
        ReadOnlySpan<char> regular = IrregularForms.BaseOf(word) is { } form ? form : word;
        regular.CopyTo(stem);
        return new ScannedTerm(Number(stem[..PorterStemmer.Stem(stem, regular.Length)]), start, length);
    }

    private static bool IsWordCharacter(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    /// <summary>Tells whether a character is of a script without spaces: Han, kana, hangul.</summary>
    public static bool IsUnspaced(char c) => c >= 0x3040 && c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF');
}
