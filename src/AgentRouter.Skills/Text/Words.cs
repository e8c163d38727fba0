namespace AgentRouter.Skills.Text;

/// <summary>Walks over the words of a text without copying it.</summary>
/// <remarks>
/// A word is a run of letters and digits, with <c>++</c> or <c>#</c> behind it where it begins with a letter (<c>c++</c>, <c>c#</c>), or one
/// character of a script that writes no spaces. Underscore, dot, slash and hyphen part words, so identifiers and paths fall into theirs.
/// </remarks>
internal ref struct Words(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    /// <summary>Gets where the current word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Gets the current word.</summary>
    public readonly ReadOnlySpan<char> Current => _text[Start.._next];

    /// <summary>Goes to the next word.</summary>
    public bool MoveNext()
    {
        int at = _next;
        while (at < _text.Length && !(_text[at] < Ascii.Length ? Ascii[_text[at]] : char.IsLetter(_text[at])))
            at++;
        Start = at;
        if (at == _text.Length)
        {
            _next = at;
            return false;
        }

        bool isLetter = !char.IsAsciiDigit(_text[at]);
        if (IsUnspaced(_text[at++]))
        {
            _next = at;
            return true;
        }

        while (at < _text.Length && (_text[at] < Ascii.Length ? Ascii[_text[at]] : char.IsLetter(_text[at]) && !IsUnspaced(_text[at])))
            at++;
        if (isLetter && at < _text.Length)
        {
            if (_text[at] == '#')
                at++;
            else if (_text[at] == '+' && at + 1 < _text.Length && _text[at + 1] == '+')
                at += 2;
        }

        _next = at;
        return true;
    }

    // which of the first 128 characters are letters or digits; a look-up costs less than the comparisons
    private static ReadOnlySpan<bool> Ascii =>
    [
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        true, true, true, true, true, true, true, true, true, true, false, false, false, false, false, false,
        false, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
        true, true, true, true, true, true, true, true, true, true, true, false, false, false, false, false,
        false, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
        true, true, true, true, true, true, true, true, true, true, true, false, false, false, false, false,
    ];

    // Han, kana, hangul
    private static bool IsUnspaced(char c) => c >= 0x3040 && c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF');
}
