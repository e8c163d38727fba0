using AgentRouter.Memory.Text.Tokens;

namespace AgentRouter.Memory.Text.Entities;

/// <summary>Finds names: capitalised words in a row, with of, the, de, von and others between them.</summary>
/// <remarks>
/// A single word that begins a sentence is a name only if it is no common word, or stands capitalised in the middle of a sentence as well. Where
/// most words are in capitals, capitals say nothing.
/// </remarks>
internal sealed class NameReader
{
    private const int MostWords = 8;
    private const int ShortestShout = 4;

    private readonly HashSet<string> _inside = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _insideLookup;

    /// <summary>Makes the reader.</summary>
    public NameReader() => _insideLookup = _inside.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds the next name from a token on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="at">Where to begin; after the call, behind the words that were looked at.</param>
    /// <returns>The first and the last token of the name, or nothing.</returns>
    public (int First, int Last)? Next(ReadOnlySpan<char> text, List<TextToken> tokens, ref int at)
    {
        if (!IsCapitalised(tokens[at]))
        {
            at++;
            return null;
        }

        (int first, int last) = (at, End(text, tokens, at));
        at = last + 1;
        while (first <= last && (!IsCapitalised(tokens[first]) || CommonWords.IsFunction(tokens[first].In(text)) || CommonWords.IsFunction(tokens[first].BareIn(text))))
            first++;
        if (first > last || (first == last && !IsNameAlone(text, tokens[first])))
            return null;
        // "Hey Caroline": the first word only opens the sentence
        if (tokens[first].Is(WordShape.BeginsSentence) && CommonWords.IsCommon(tokens[first].BareIn(text)))
            first++;
        return first == last && !IsNameAlone(text, tokens[first]) ? null : (first, last);
    }

    /// <summary>Gets ready for a text.</summary>
    /// <returns>Whether names can be told by their capitals there.</returns>
    public bool Begin(ReadOnlySpan<char> text, List<TextToken> tokens)
    {
        _inside.Clear();
        (int words, int shouted) = (0, 0);
        foreach (TextToken token in tokens)
        {
            if (token.Kind != TokenKind.Word)
                continue;
            words++;
            if (token.Is(WordShape.AllCapitals))
                shouted++;
            if (token.Is(WordShape.Capital) && !token.Is(WordShape.BeginsSentence) && token.Length <= CanonicalText.MaxLength)
                _insideLookup.Add(token.BareIn(text));
        }

        return words < ShortestShout || shouted * 2 <= words;
    }

    private static bool IsCapitalised(TextToken token) => token.Kind == TokenKind.Word && token.Is(WordShape.Capital) && !token.Is(WordShape.Underscore);

    private bool IsNameAlone(ReadOnlySpan<char> text, TextToken word)
    {
        ReadOnlySpan<char> bare = word.BareIn(text);
        if (bare.Length < 2 || bare.Length > CanonicalText.MaxLength || CommonWords.IsFunction(bare))
            return false;
        if (!word.Is(WordShape.BeginsSentence))
            return !CommonWords.IsCommon(bare);
        return !CommonWords.IsCommon(bare) && (_insideLookup.Contains(bare) || !LooksLikeVerbOrAdverb(bare));
    }

    private static bool LooksLikeVerbOrAdverb(ReadOnlySpan<char> word) => word.EndsWith("ing") || word.EndsWith("ly") || word.EndsWith("ed");

    private static int End(ReadOnlySpan<char> text, List<TextToken> tokens, int first)
    {
        int last = first;
        for (int next = first + 1, words = 1; next < tokens.Count && words < MostWords && !tokens[last].Is(WordShape.Possessive); words++)
        {
            int found = Follower(text, tokens, last, next);
            if (found < 0)
                break;
            last = found;
            next = found + 1;
        }

        return last;
    }

    // the next capitalised word: beside this one, behind a hyphen, the full stop of an initial or a short title, an ampersand or small words
    private static int Follower(ReadOnlySpan<char> text, List<TextToken> tokens, int last, int next)
    {
        bool isShort = TextTokens.IsShortForm(tokens[last].In(text));
        if (tokens[next].Kind == TokenKind.Sign)
        {
            bool joins = (text[tokens[next].Start] == '-' && tokens[next].Start == tokens[last].End) || (isShort && text[tokens[next].Start] == '.') || text[tokens[next].Start] == '&';
            return joins && next + 1 < tokens.Count && IsCapitalised(tokens[next + 1]) && (text[tokens[next].Start] != '-' || tokens[next + 1].Start == tokens[next].End) ? next + 1 : -1;
        }

        for (int small = 0; small < 2 && next < tokens.Count && IsInner(tokens[next].In(text)); small++)
            next++;
        return next < tokens.Count && IsCapitalised(tokens[next]) && !tokens[next].Is(WordShape.BeginsSentence) && !IsPronoun(tokens[next].In(text)) ? next : -1;
    }

    // in "When I" the second word is capitalised but names nobody
    private static bool IsPronoun(ReadOnlySpan<char> word) => word[0] == 'I' && CommonWords.IsFunction(word);

    private static bool IsInner(ReadOnlySpan<char> word) => word is "of" or "the" or "de" or "von" or "van" or "la" or "di" or "al" or "bin" or "ibn" or "da" or "del" or "du" or "der" or "den" or "le";
}
