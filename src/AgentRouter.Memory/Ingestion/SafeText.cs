namespace AgentRouter.Memory.Ingestion;

/// <summary>Takes from texts what neither files nor screens can be trusted to keep: control characters and halves of characters.</summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Puts U+FFFD in the place of control characters (but tab and line ends) and of lone surrogates; everything else stays as it is, word for word.</summary>
    public static string Of(string text)
    {
        int first = 0;
        while (first < text.Length && IsSafe(text, first))
            first++;
        if (first == text.Length)
            return text;
        return string.Create(text.Length, text, static (safe, text) =>
        {
            for (int at = 0; at < text.Length; at++)
                safe[at] = IsSafe(text, at) ? text[at] : Replacement;
        });
    }

    private static bool IsSafe(string text, int at)
    {
        char c = text[at];
        if (c < ' ')
            return c is '\t' or '\n' or '\r';
        if (c < '\u007F')
            return true;
        if (!char.IsSurrogate(c))
            return !char.IsControl(c);
        return char.IsHighSurrogate(c) ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) : at > 0 && char.IsHighSurrogate(text[at - 1]);
    }
}
