using System.Globalization;
using AgentRouter.Memory.Text.Tokens;

namespace AgentRouter.Memory.Text.Times;

/// <summary>Looks at the tokens of a text as parts of time expressions. Behind the last token there is nothing, and nothing matches it.</summary>
internal readonly ref struct TimeCursor(ReadOnlySpan<char> text, List<TextToken> tokens)
{
    private const int LongestNumber = 4;

    // was, has, his
    private const int LongestAuxiliary = 3;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Gets the word at a place.</summary>
    public TimeWord Word(int at) => IsInside(at) && tokens[at].Kind == TokenKind.Word ? TimeWords.Of(tokens[at].BareIn(_text)) : default;

    /// <summary>Tells whether the word at a place has a certain role.</summary>
    public bool Is(int at, TimeWordKind kind) => Word(at).Kind == kind;

    /// <summary>Tells whether a sign is at a place.</summary>
    public bool Is(int at, char sign) => IsInside(at) && tokens[at].IsSign(_text, sign);

    /// <summary>Tells whether the token at a place is a word that begins with a capital.</summary>
    public bool IsCapital(int at) => IsInside(at) && tokens[at].Is(WordShape.Capital);

    /// <summary>Tells whether the token at a place follows the one before without a space.</summary>
    public bool IsJoined(int at) => at > 0 && IsInside(at) && tokens[at].Start == tokens[at - 1].End;

    /// <summary>Tells whether the token at a place is a word in lower case that ends with an s: what is counted.</summary>
    public bool IsCounted(int at) => IsInside(at) && tokens[at].Kind == TokenKind.Word && tokens[at].Length > LongestAuxiliary && !tokens[at].Is(WordShape.Capital) && _text[tokens[at].End - 1] == 's'
        && Word(at).Kind == TimeWordKind.None;

    /// <summary>Gets a number of one to four digits.</summary>
    public int? Number(int at) => Digits(at, out ReadOnlySpan<char> ending) is { } number && ending.IsEmpty ? number : null;

    /// <summary>Gets the number of a year: four digits, from 1000 to 2199.</summary>
    public int? Year(int at) => IsInside(at) && tokens[at].Length == LongestNumber && Number(at) is >= 1_000 and < 2_200 and var year ? year : null;

    /// <summary>Gets the first year of a decade: <c>1960s</c>.</summary>
    public int? Decade(int at) => Digits(at, out ReadOnlySpan<char> ending) is >= 1_000 and < 2_200 and var year && ending is "s" && year % 10 == 0 ? year : null;

    /// <summary>Gets the day of a month: one or two digits, with an ending or without.</summary>
    /// <param name="at">The place.</param>
    /// <param name="isOrdinal">Whether it has an ending: <c>3rd</c>.</param>
    public int? DayOfMonth(int at, out bool isOrdinal)
    {
        int? number = Digits(at, out ReadOnlySpan<char> ending);
        isOrdinal = ending is "st" or "nd" or "rd" or "th";
        return number is not null && (isOrdinal || ending.IsEmpty) && tokens[at].Length - ending.Length <= 2 ? number : null;
    }

    /// <summary>Gets a number that <c>am</c>, <c>pm</c> or the T of a time of day may follow without a space.</summary>
    public int? NumberBefore(int at, out ReadOnlySpan<char> ending) => Digits(at, out ending);

    /// <summary>Gets how many characters the token at a place has.</summary>
    public int Length(int at) => IsInside(at) ? tokens[at].Length : 0;

    /// <summary>Tells whether a number or a word is at a place.</summary>
    public bool IsWordOrNumber(int at) => IsInside(at) && (tokens[at].Kind is TokenKind.Word or TokenKind.Number);

    private int? Digits(int at, out ReadOnlySpan<char> ending)
    {
        ending = [];
        if (!IsInside(at) || tokens[at].Kind != TokenKind.Number)
            return null;
        ReadOnlySpan<char> number = tokens[at].In(_text);
        int digits = number.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
            digits = number.Length;
        ending = number[digits..];
        return digits is > 0 and <= LongestNumber ? int.Parse(number[..digits], NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    private bool IsInside(int at) => at >= 0 && at < tokens.Count;
}
