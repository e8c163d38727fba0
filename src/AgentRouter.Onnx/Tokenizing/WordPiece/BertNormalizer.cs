using System.Globalization;
using System.Text;
using AgentRouter.Onnx.Tokenizing.Unicode;

namespace AgentRouter.Onnx.Tokenizing.WordPiece;

/// <summary>What BERT does to a text before it is cut into words (J. Devlin et al., "BERT", 2019, and its published tokenizer).</summary>
/// <param name="Clean">Whether control characters are left out and every white space becomes a blank.</param>
/// <param name="SplitsChinese">Whether each CJK ideograph is a word.</param>
/// <param name="StripsAccents">Whether accents are left out.</param>
/// <param name="LowerCases">Whether all is written in lower case.</param>
internal sealed record BertNormalizer(bool Clean, bool SplitsChinese, bool StripsAccents, bool LowerCases)
{
    // CJK unified ideographs, their extensions A to E and compatibility forms, as the published tokenizer lists them
    private static readonly (int First, int Last)[] Ideographs =
        [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)];

    /// <summary>Normalizes a text.</summary>
    public string Normalize(string text)
    {
        var normalized = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Clean && IsLeftOut(rune))
                continue;
            if (Clean && Rune.IsWhiteSpace(rune))
                normalized.Append(' ');
            else if (SplitsChinese && Ideographs.Any(range => rune.Value >= range.First && rune.Value <= range.Last))
                normalized.Append(' ').Append(rune.ToString()).Append(' ');
            else
                normalized.Append(rune.ToString());
        }

        string result = normalized.ToString();
        if (StripsAccents)
            result = WithoutAccents(result);
        // İ is the one capital whose small letter is two code points
        return LowerCases ? result.Replace("İ", "i\u0307", StringComparison.Ordinal).ToLowerInvariant() : result;
    }

    private static bool IsLeftOut(Rune rune) => rune.Value is not ('\t' or '\n' or '\r')
        && (rune.Value is 0 or 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);

    private static string WithoutAccents(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (Rune rune in CanonicalForms.Decompose(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
