namespace AgentRouter.Memory.Context;

/// <summary>Parts a text into passages: at the end of a line where there is one in the last half, else of a sentence, else of a word. A word that is longer than a passage is cut between characters.</summary>
internal static class RoundPassages
{
    /// <summary>Parts a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The passages that hold more than blanks, each at most <see cref="ContextLimitDefaults.PassageLength"/> characters.</returns>
    public static IEnumerable<string> Of(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = LengthOf(text.AsSpan(at));
            string passage = text.Substring(at, length).Trim();
            if (passage.Length > 0)
                yield return passage;
            at += length;
        }
    }

    private static int LengthOf(ReadOnlySpan<char> rest)
    {
        const int Most = ContextLimitDefaults.PassageLength;
        if (rest.Length <= Most)
            return rest.Length;
        ReadOnlySpan<char> lastHalf = rest[(Most / 2)..Most];
        int line = lastHalf.LastIndexOf('\n'), sentence = lastHalf.LastIndexOf(". "), word = lastHalf.LastIndexOfAny(" \t");
        int end = line >= 0 ? line : sentence >= 0 ? sentence + 1 : word;
        return end >= 0 ? (Most / 2) + end + 1 : char.IsHighSurrogate(rest[Most - 1]) ? Most - 1 : Most;
    }
}
