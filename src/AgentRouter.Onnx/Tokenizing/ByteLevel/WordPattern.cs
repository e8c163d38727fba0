using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentRouter.Onnx.Tokenizing.ByteLevel;

/// <summary>How a byte-level tokenizer parts a text into words before pieces are merged.</summary>
/// <remarks>Patterns of files are not run: only those of published models, which are known to end.</remarks>
internal sealed partial class WordPattern
{
    /// <summary>The pattern of GPT-2, which RoBERTa uses too (A. Radford et al., 2019).</summary>
    public static readonly WordPattern Gpt2 = new(Gpt2Regex());

    /// <summary>The pattern of Qwen 2 and 3: each digit alone.</summary>
    public static readonly WordPattern Qwen = new(QwenRegex());

    /// <summary>The pattern of cl100k and its kin: up to three digits.</summary>
    public static readonly WordPattern ThreeDigits = new(ThreeDigitsRegex());

    private readonly Regex _regex;

    private WordPattern(Regex regex) => _regex = regex;

    /// <summary>Finds the pattern that a file names.</summary>
    public static WordPattern? Find(string pattern) => new[] { Gpt2, Qwen, ThreeDigits }.FirstOrDefault(known => known._regex.ToString() == pattern);

    /// <summary>Parts a text; nothing is left out.</summary>
    public IEnumerable<string> Words(string text)
    {
        // .NET's classes see halves of code points beyond the first plane: stand-ins of the same class are matched in their place
        string shown = StandIns(text, out List<int>? starts);
        int end = 0;
        foreach (Match match in _regex.Matches(shown))
        {
            if (match.Index > end)
                yield return Cut(text, starts, end, match.Index);
            end = match.Index + match.Length;
            yield return Cut(text, starts, match.Index, end);
        }

        if (end < shown.Length)
            yield return Cut(text, starts, end, shown.Length);
    }

    private static string Cut(string text, List<int>? starts, int from, int to) => starts is null ? text[from..to] : text[starts[from]..starts[to]];

    private static string StandIns(string text, out List<int>? starts)
    {
        starts = null;
        if (!text.Any(char.IsSurrogate))
            return text;
        var shown = new StringBuilder(text.Length);
        starts = [];
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            starts.Add(at);
            at += rune.Utf16SequenceLength;
            shown.Append(rune.IsBmp ? (char)rune.Value : StandInOf(rune));
        }

        starts.Add(at);
        return shown.ToString();
    }

    private static char StandInOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => 'ª',
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => '²',
        _ => '§',
    };

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Gpt2Regex();

    [GeneratedRegex(@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex QwenRegex();

    [GeneratedRegex(@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex ThreeDigitsRegex();
}
