namespace AgentRouter.Skills.Text;

/// <summary>Takes the plural off English words, and nothing else: <c>queries</c> is query, <c>boxes</c> is box, <c>status</c> stays.</summary>
/// <remarks>After the S-stemmer of D. Harman, "How effective is suffixing?", 1991.</remarks>
internal static class PluralStemmer
{
    private const int Shortest = 4;

    /// <summary>Stems a word in place.</summary>
    /// <param name="word">A word in lower case.</param>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> word)
    {
        int length = word.Length;
        if (length < Shortest || word[^1] != 's' || word.ContainsAnyExceptInRange('a', 'z'))
            return length;
        if (length > Shortest && word.EndsWith("ies"))
        {
            word[^3] = 'y';
            return length - 2;
        }

        if (word.EndsWith("sses") || word.EndsWith("xes") || word.EndsWith("ches") || word.EndsWith("shes"))
            return length - 2;
        return word[^2] is 's' or 'u' or 'i' ? length : length - 1;
    }
}
