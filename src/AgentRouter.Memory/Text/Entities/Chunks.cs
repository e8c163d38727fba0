namespace AgentRouter.Memory.Text.Entities;

/// <summary>Walks over what stands between the white space of a text, without the signs around it. Code between backticks is one chunk, with its spaces.</summary>
internal ref struct Chunks(ReadOnlySpan<char> text)
{
    private const int LongestCode = 100;
    private const string Opening = "\"'“”‘’([{<*,;:!?«»…";
    private const string Closing = "\"'“”‘’)]}>*,;:!?.«»…";

    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    /// <summary>Gets where the chunk begins.</summary>
    public int Start { get; private set; }

    /// <summary>Gets where the chunk ends.</summary>
    public int End { get; private set; }

    /// <summary>Gets whether the chunk stood between backticks.</summary>
    public bool IsCode { get; private set; }

    /// <summary>Gets the chunk.</summary>
    public readonly ReadOnlySpan<char> Current => _text[Start..End];

    /// <summary>Goes to the next chunk that is not empty.</summary>
    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_next]))
            {
                _next++;
                continue;
            }

            int end = _next + 1;
            if (_text[_next] == '`' && CodeEnd(_next) is > 0 and var code)
            {
                (Start, End, IsCode) = (_next + 1, code, true);
                _next = code + 1;
                return true;
            }

            while (end < _text.Length && !char.IsWhiteSpace(_text[end]) && _text[end] != '`')
                end++;
            (Start, End, IsCode) = (_next, end, false);
            _next = end;
            Trim();
            if (Start < End)
                return true;
        }

        return false;
    }

    private readonly int CodeEnd(int start)
    {
        ReadOnlySpan<char> behind = _text.Slice(start + 1, Math.Min(LongestCode, _text.Length - start - 1));
        int end = behind.IndexOfAny('`', '\n');
        return end > 0 && behind[end] == '`' ? start + 1 + end : 0;
    }

    private void Trim()
    {
        while (Start < End && (Opening.Contains(_text[Start]) || _text[Start] == '`'))
            Start++;
        // the brackets of a call stay
        while (End > Start && Closing.Contains(_text[End - 1]) && !_text[Start..End].EndsWith("()"))
            End--;
    }
}
