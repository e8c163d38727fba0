using System.Text;

namespace AgentRouter.Onnx.Tokenizing.WordPiece;

/// <summary>Cuts words into the longest pieces of a vocabulary, from the left (Y. Wu et al., "Google's neural machine translation system", 2016; as BERT does).</summary>
internal sealed class WordPieceTokenizer : ITextTokenizer
{
    private readonly BertNormalizer _normalizer;
    private readonly Dictionary<string, int> _beginnings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _continuations = new(StringComparer.Ordinal);
    private readonly int _unknown;
    private readonly int _longestWord;
    private readonly int _longestPiece;

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="vocabulary">The pieces and their numbers.</param>
    /// <param name="normalizer">What is done to a text before.</param>
    /// <param name="unknown">The number of what cannot be written in pieces.</param>
    /// <param name="continuation">What pieces begin with that begin no word, such as <c>##</c>.</param>
    /// <param name="longestWord">The most code points of a word that is cut; longer ones are unknown.</param>
    public WordPieceTokenizer(IEnumerable<KeyValuePair<string, int>> vocabulary, BertNormalizer normalizer, int unknown, string continuation = "##", int longestWord = 100)
    {
        (_normalizer, _unknown, _longestWord) = (normalizer, unknown, longestWord);
        foreach ((string piece, int id) in vocabulary)
        {
            _longestPiece = Math.Max(_longestPiece, piece.Length);
            _beginnings[piece] = id;
            if (piece.StartsWith(continuation, StringComparison.Ordinal))
                _continuations[piece[continuation.Length..]] = id;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        string normalized = _normalizer.Normalize(text);
        var ids = new List<int>();
        int start = 0, at = 0;
        foreach (Rune rune in normalized.EnumerateRunes())
        {
            bool isSpace = Rune.IsWhiteSpace(rune);
            if (isSpace || IsPunctuation(rune))
            {
                AddWord(ids, normalized.AsSpan(start, at - start));
                start = at + rune.Utf16SequenceLength;
                if (!isSpace)
                    AddWord(ids, normalized.AsSpan(at, rune.Utf16SequenceLength));
            }

            at += rune.Utf16SequenceLength;
        }

        AddWord(ids, normalized.AsSpan(start));
        return ids;
    }

    // every ASCII sign that is no letter, digit or blank is one, $ and ^ too
    private static bool IsPunctuation(Rune rune) => Rune.IsPunctuation(rune) || (rune.IsAscii && Rune.IsSymbol(rune));

    private void AddWord(List<int> ids, ReadOnlySpan<char> word)
    {
        int first = ids.Count;
        bool isKnown = Length(word) <= _longestWord;
        Dictionary<string, int> pieces = _beginnings;
        for (int start = 0; isKnown && start < word.Length; pieces = _continuations)
        {
            (int id, int length) = Longest(pieces, word[start..]);
            isKnown = length > 0;
            ids.Add(id);
            start += length;
        }

        if (isKnown)
            return;
        ids.RemoveRange(first, ids.Count - first);
        ids.Add(_unknown);
    }

    private (int Id, int Length) Longest(Dictionary<string, int> pieces, ReadOnlySpan<char> text)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = Math.Min(text.Length, _longestPiece); length > 0; length--)
        {
            if (lookup.TryGetValue(text[..length], out int id))
                return (id, length);
        }

        return (_unknown, 0);
    }

    private static int Length(ReadOnlySpan<char> word)
    {
        int length = 0;
        foreach (Rune _ in word.EnumerateRunes())
            length++;
        return length;
    }
}
