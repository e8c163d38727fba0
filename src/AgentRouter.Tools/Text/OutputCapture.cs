using System.Globalization;

namespace AgentRouter.Tools.Text;

/// <summary>Keeps the beginning and the end of a text of any length in bounded memory.</summary>
/// <remarks>The end gets two thirds: what a program says last is usually what matters.</remarks>
internal sealed class OutputCapture
{
    private readonly char[] _head;
    private readonly char[] _tail;
    private int _headLength;
    private long _tailTotal;

    /// <summary>Makes a capture.</summary>
    /// <param name="limit">The most characters it keeps.</param>
    public OutputCapture(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 3);
        _head = new char[limit / 3];
        _tail = new char[limit - (limit / 3)];
    }

    /// <summary>Gets the number of characters that <see cref="ToString"/> leaves out.</summary>
    public long OmittedCharacters => Math.Max(0, _tailTotal - _tail.Length);

    /// <summary>Shortens a text that is at hand.</summary>
    public static string Shorten(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var capture = new OutputCapture(limit);
        capture.Append(text);
        return capture.ToString();
    }

    /// <summary>Takes the next characters.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        int intoHead = Math.Min(text.Length, _head.Length - _headLength);
        text[..intoHead].CopyTo(_head.AsSpan(_headLength));
        _headLength += intoHead;
        AppendTail(text[intoHead..]);
    }

    /// <summary>Returns what was kept, with a marker where something was left out.</summary>
    public override string ToString()
    {
        ReadOnlySpan<char> head = _head.AsSpan(0, _headLength);
        if (_tailTotal <= _tail.Length) return string.Concat(head, _tail.AsSpan(0, (int)_tailTotal));

        int start = (int)(_tailTotal % _tail.Length);
        string tail = string.Concat(_tail.AsSpan(start), _tail.AsSpan(0, start));
        // the cut may have gone through a character that takes two places
        if (head.Length > 0 && char.IsHighSurrogate(head[^1])) head = head[..^1];
        ReadOnlySpan<char> rest = tail.Length > 0 && char.IsLowSurrogate(tail[0]) ? tail.AsSpan(1) : tail;
        string marker = string.Create(CultureInfo.InvariantCulture, $"\n… {OmittedCharacters:N0} characters left out …\n");
        return string.Concat(head, marker, rest);
    }

    private void AppendTail(ReadOnlySpan<char> text)
    {
        if (text.Length > _tail.Length)
        {
            _tailTotal += text.Length - _tail.Length;
            text = text[^_tail.Length..];
        }

        int position = (int)(_tailTotal % _tail.Length);
        int first = Math.Min(text.Length, _tail.Length - position);
        text[..first].CopyTo(_tail.AsSpan(position));
        text[first..].CopyTo(_tail);
        _tailTotal += text.Length;
    }
}
