using System.Text;

namespace AgentRouter.Onnx.Tokenizing.SentencePiece;

/// <summary>Cuts a text into the pieces that are together the likeliest (T. Kudo, "Subword regularization", 2018; as the SentencePiece library does).</summary>
internal sealed class SentencePieceTokenizer : ITextTokenizer
{
    private const char Blank = '\u2581';

    // what is unknown is this much less likely than the least likely piece
    private const float UnknownPenalty = 10;

    private readonly SentencePieceModel _model;
    private readonly CharacterRules _rules;
    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);
    private readonly int[] _ids;
    private readonly int _unknown;
    private readonly float _unknownScore;
    private readonly int _longest;

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="model">The pieces.</param>
    /// <param name="ids">The model's number of each piece.</param>
    /// <param name="unknown">The model's number of what is unknown.</param>
    /// <exception cref="InvalidDataException">The rules for characters are damaged.</exception>
    public SentencePieceTokenizer(SentencePieceModel model, int[] ids, int unknown)
    {
        (_model, _rules, _ids, _unknown) = (model, new CharacterRules(model.Rules), ids, unknown);
        float least = float.MaxValue;
        for (int number = 0; number < model.Pieces.Count; number++)
        {
            Piece piece = model.Pieces[number];
            if (piece.Kind != PieceKind.Normal)
                continue;
            _pieces[piece.Text] = number;
            _longest = Math.Max(_longest, piece.Text.Length);
            least = Math.Min(least, piece.Score);
        }

        _unknownScore = least - UnknownPenalty;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        string normalized = Normalize(text);
        var ends = Best(normalized);
        var ids = new List<int>();
        for (int end = normalized.Length; end > 0; end = ends[end].Start)
        {
            int id = ends[end].Piece is >= 0 and var piece ? _ids[piece] : _unknown;
            // a run of what is unknown is one token
            if (id != _unknown || ids.Count == 0 || ids[^1] != _unknown)
                ids.Add(id);
        }

        ids.Reverse();
        return ids;
    }

    private (float Score, int Start, int Piece)[] Best(string text)
    {
        var best = new (float Score, int Start, int Piece)[text.Length + 1];
        Array.Fill(best, (float.NegativeInfinity, -1, -1), 1, text.Length);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0, single; start < text.Length; start += single)
        {
            single = char.IsSurrogatePair(text, start) ? 2 : 1;
            bool hasSingle = false;
            for (int length = 1; length <= Math.Min(_longest, text.Length - start); length++)
            {
                if (!lookup.TryGetValue(text.AsSpan(start, length), out int piece))
                    continue;
                Offer(best, start, length, best[start].Score + _model.Pieces[piece].Score, piece);
                hasSingle |= length == single;
            }

            if (!hasSingle)
                Offer(best, start, single, best[start].Score + _unknownScore, -1);
        }

        return best;
    }

    private static void Offer((float Score, int Start, int Piece)[] best, int start, int length, float score, int piece)
    {
        ref (float Score, int Start, int Piece) end = ref best[start + length];
        if (end.Start < 0 || score > end.Score)
            end = (score, start, piece);
    }

    // as the library's normalizer: rules first, then blanks
    private string Normalize(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        var normalized = new StringBuilder(text.Length + 1);
        bool isAfterBlank = _model.RemovesExtraBlanks;
        while (!rest.IsEmpty)
        {
            (string next, int length) = _rules.Next(rest);
            rest = rest[length..];
            if (isAfterBlank)
                next = next.TrimStart(' ');
            if (next.Length == 0)
                continue;
            if (normalized.Length == 0 && _model.AddsBlank)
                normalized.Append(Blank);
            normalized.Append(next.Replace(' ', Blank));
            isAfterBlank = _model.RemovesExtraBlanks && next[^1] == ' ';
        }

        while (_model.RemovesExtraBlanks && normalized.Length > 0 && normalized[^1] == Blank)
            normalized.Length--;
        return normalized.ToString();
    }
}
