namespace AgentRouter.Memory.Text.Tokens;

/// <summary>Parts a text into words, numbers and signs. Any text can be parted, half characters and control characters too.</summary>
internal static class TextTokens
{
    // a line of prose that is this long was wrapped: its sentence goes on
    private const int WrappedLine = 40;

    /// <summary>Parts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Where the tokens go; what it held is removed.</param>
    public static void Read(ReadOnlySpan<char> text, List<TextToken> tokens)
    {
        tokens.Clear();
        bool begins = true;
        int line = 0;
        for (int at = 0; at < text.Length;)
        {
            char first = text[at];
            if (first == '\n')
            {
                bool isEnd = !IsWrapped(text, line, at);
                if (isEnd)
                    tokens.Add(new TextToken(at, 1, TokenKind.LineEnd, WordShape.None));
                begins |= isEnd;
                line = ++at;
            }
            else if (char.IsWhiteSpace(first))
            {
                at++;
            }
            else if (char.IsLetter(first) || first == '_')
            {
                TextToken word = Word(text, at, begins);
                tokens.Add(word);
                begins = false;
                at = word.End;
            }
            else if (char.IsDigit(first))
            {
                int end = at + 1;
                while (end < text.Length && char.IsLetterOrDigit(text[end]))
                    end++;
                tokens.Add(new TextToken(at, end - at, TokenKind.Number, begins ? WordShape.BeginsSentence : WordShape.None));
                begins = false;
                at = end;
            }
            else
            {
                begins = BeginsAfter(text, at, tokens, begins);
                tokens.Add(new TextToken(at, 1, TokenKind.Sign, WordShape.None));
                at++;
            }
        }
    }

    private static TextToken Word(ReadOnlySpan<char> text, int start, bool begins)
    {
        WordShape shape = begins ? WordShape.BeginsSentence : WordShape.None;
        (int letters, int capitals) = (0, 0);
        int at = start;
        for (bool wasSmall = false; at < text.Length; at++)
        {
            char c = text[at];
            if (char.IsLetter(c))
            {
                letters++;
                bool isCapital = char.IsUpper(c);
                if (isCapital)
                    capitals++;
                if (isCapital && wasSmall)
                    shape |= WordShape.InnerCapital;
                wasSmall = !isCapital;
            }
            else if (c == '_')
            {
                shape |= WordShape.Underscore;
                wasSmall = false;
            }
            else if (!char.IsDigit(c) && !LetterFold.IsMark(c) && !IsInnerApostrophe(text, start, at))
            {
                break;
            }
        }

        if (char.IsUpper(text[start]))
            shape |= WordShape.Capital;
        if (letters > 1 && capitals == letters)
            shape |= WordShape.AllCapitals;
        if (at - start > 2 && IsApostrophe(text[at - 2]) && text[at - 1] is 's' or 'S')
            shape |= WordShape.Possessive;
        return new TextToken(start, at - start, TokenKind.Word, shape);
    }

    private static bool IsInnerApostrophe(ReadOnlySpan<char> text, int start, int at) =>
        IsApostrophe(text[at]) && at > start && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019';

    // a full stop behind an initial or a short title ends no sentence
    private static bool BeginsAfter(ReadOnlySpan<char> text, int at, List<TextToken> tokens, bool begins) => text[at] switch
    {
        '!' or '?' or '…' or ':' or '"' or '\u201C' => true,
        '.' => tokens.Count == 0 || tokens[^1].End != at || !IsShortForm(tokens[^1].In(text)),
        _ => begins,
    };

    /// <summary>Tells whether a full stop behind a word is part of it: an initial, or a short title.</summary>
    public static bool IsShortForm(ReadOnlySpan<char> word) =>
        (word.Length == 1 && char.IsUpper(word[0])) || word is "Mr" or "Mrs" or "Ms" or "Dr" or "St" or "Jr" or "Sr" or "Prof" or "Mt" or "vs" or "No";

    private static bool IsWrapped(ReadOnlySpan<char> text, int line, int end) =>
        end - line >= WrappedLine && end + 1 < text.Length && char.IsLetter(text[end + 1]);
}
