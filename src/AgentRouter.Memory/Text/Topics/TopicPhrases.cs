using System.Text;
using AgentRouter.Language;
using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Tokens;

namespace AgentRouter.Memory.Text.Topics;

/// <summary>Finds phrases that a text may be about: what stands between common words and signs.</summary>
/// <remarks>After RAKE (Rose, Engel, Cramer and Cowley, "Automatic keyword extraction from individual documents", 2010). Of a longer run the last words count: in English the noun comes last.</remarks>
internal static class TopicPhrases
{
    private const int MostWords = 3;
    private const int ShortestWord = 3;
    private const int ShortestAlone = 4;
    private const int LongestWord = 40;
    private const string Type = EntityKeys.TopicPrefix;

    /// <summary>Finds the phrases.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="found">Where they go, in their order; what it held is removed.</param>
    public static void Find(ReadOnlySpan<char> text, List<TextToken> tokens, List<TopicPhrase> found)
    {
        found.Clear();
        for (int at = 0; at < tokens.Count; at++)
        {
            int first = at;
            while (at < tokens.Count && IsContent(text, tokens[at]))
                at++;
            if (at == first)
                continue;
            first = Math.Max(first, at - MostWords);
            if (at - first > 1 || tokens[first].Length >= ShortestAlone)
                found.Add(Phrase(text, tokens, first, at - 1));
        }
    }

    /// <summary>Makes the key of a topic that somebody else has named, of all its words but the common ones.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <returns>The key; <see langword="null"/> where only common words are in it.</returns>
    public static string? KeyOf(ReadOnlySpan<char> name, List<TextToken> tokens)
    {
        Span<char> stem = stackalloc char[LongestWord + 2];
        var key = new StringBuilder(Type);
        foreach (TextToken token in tokens)
        {
            if (IsContent(name, token))
                key.Append(key.Length > Type.Length ? " " : "").Append(stem[..Stem(token.BareIn(name), stem)]);
        }

        return key.Length > Type.Length ? key.ToString() : null;
    }

    private static bool IsContent(ReadOnlySpan<char> text, TextToken token) => token.Kind == TokenKind.Word && token.Length is >= ShortestWord and <= LongestWord
        && !token.Is(WordShape.Underscore) && !CommonWords.IsCommon(token.In(text)) && !CommonWords.IsCommon(token.BareIn(text));

    private static TopicPhrase Phrase(ReadOnlySpan<char> text, List<TextToken> tokens, int first, int last)
    {
        Span<char> key = stackalloc char[Type.Length + MostWords * (LongestWord + 2)];
        Type.CopyTo(key);
        int length = Type.Length;
        for (int at = first; at <= last; at++)
        {
            if (at > first)
                key[length++] = ' ';
            length += Stem(tokens[at].BareIn(text), key[length..]);
        }

        int start = tokens[first].Start;
        return new TopicPhrase(key[..length].ToString(), last - first + 1, start, tokens[last].Start + tokens[last].BareIn(text).Length - start);
    }

    private static int Stem(ReadOnlySpan<char> word, Span<char> stem)
    {
        int length = 0;
        foreach (char c in word)
        {
            if (char.IsLetterOrDigit(c))
                stem[length++] = LetterFold.Fold(c);
        }

        return PorterStemmer.Stem(stem, length);
    }
}
