namespace AgentRouter.Skills.Text;

/// <summary>Walks over the parts of an identifier: <c>parseHTTPResponse2</c> is parse, HTTP, Response, 2.</summary>
internal ref struct CamelParts(ReadOnlySpan<char> word)
{
    private readonly ReadOnlySpan<char> _word = word;
    private int _start;
    private int _next;

    /// <summary>Gets the current part.</summary>
    public readonly ReadOnlySpan<char> Current => _word[_start.._next];

    /// <summary>Tells whether a word has parts: it is not all lower case, all upper case, or a capital and then lower case.</summary>
    public static bool Has(ReadOnlySpan<char> word)
    {
        bool hasLower = false, hasUpper = false, hasInnerUpper = false;
        for (int i = 0; i < word.Length; i++)
        {
            if (char.IsAsciiLetterLower(word[i]))
            {
                hasLower = true;
            }
            else if (char.IsAsciiLetterUpper(word[i]))
            {
                hasUpper = true;
                hasInnerUpper |= i > 0;
            }
        }

        return hasLower && hasUpper && hasInnerUpper;
    }

    /// <summary>Goes to the next part.</summary>
    public bool MoveNext()
    {
        int at = _next;
        while (at < _word.Length && !char.IsAsciiLetterOrDigit(_word[at]))
            at++;
        _start = at;
        if (at == _word.Length)
        {
            _next = at;
            return false;
        }

        if (char.IsAsciiDigit(_word[at]))
        {
            while (at < _word.Length && char.IsAsciiDigit(_word[at]))
                at++;
        }
        else
        {
            while (at < _word.Length && char.IsAsciiLetterUpper(_word[at]))
                at++;
            bool isFollowedByLower = at < _word.Length && char.IsAsciiLetterLower(_word[at]);
            // of several capitals before lower case the last begins the next part
            if (isFollowedByLower && at - _start > 1)
            {
                at--;
            }
            else
            {
                while (at < _word.Length && char.IsAsciiLetterLower(_word[at]))
                    at++;
            }
        }

        _next = at;
        return true;
    }
}
