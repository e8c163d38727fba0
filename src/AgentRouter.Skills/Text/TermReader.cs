using AgentRouter.Language;

namespace AgentRouter.Skills.Text;

/// <summary>Makes terms of words: lower case, stemmed; of an identifier in mixed case its parts as well.</summary>
internal static class TermReader
{
    /// <summary>The longest word that is read; what is longer is no word but data.</summary>
    public const int MaxWordLength = 64;

    private const int ShortestPart = 2;

    /// <summary>Calls back for every term of a text, in the text's order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">How words are stemmed.</param>
    /// <param name="visitor">Takes the terms.</param>
    public static void Read<TVisitor>(ReadOnlySpan<char> text, StemKind kind, ref TVisitor visitor)
        where TVisitor : struct, ITermVisitor
    {
        Span<char> buffer = stackalloc char[MaxWordLength + 1];
        var words = new Words(text);
        while (words.MoveNext())
        {
            ReadOnlySpan<char> word = words.Current;
            if (word.Length > MaxWordLength)
                continue;
            visitor.Visit(Stem(word, kind, buffer), word, words.Start);
            if (!CamelParts.Has(word))
                continue;
            var parts = new CamelParts(word);
            while (parts.MoveNext())
            {
                if (parts.Current.Length >= ShortestPart)
                    visitor.Visit(Stem(parts.Current, kind, buffer), parts.Current, words.Start);
            }
        }
    }

    /// <summary>Writes the stem of a word.</summary>
    /// <param name="word">The word, at most <see cref="MaxWordLength"/> characters.</param>
    /// <param name="kind">How it is stemmed.</param>
    /// <param name="buffer">Where the stem is written: a place more than the word has.</param>
    /// <returns>The stem, in the buffer.</returns>
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word, StemKind kind, Span<char> buffer)
    {
        int length = Lower(word, buffer);
        return buffer[..(kind == StemKind.Plural ? PluralStemmer.Stem(buffer[..length]) : PorterStemmer.Stem(buffer, length))];
    }

    private static int Lower(ReadOnlySpan<char> word, Span<char> buffer)
    {
        for (int i = 0; i < word.Length; i++)
            buffer[i] = char.IsAsciiLetterUpper(word[i]) ? (char)(word[i] | 0x20) : word[i] < 128 ? word[i] : char.ToLowerInvariant(word[i]);
        return word.Length;
    }
}
