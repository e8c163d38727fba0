namespace AgentRouter.Suggestions;

/// <summary>Finds what somebody meant who mistyped a name: the one place behind every "did you mean".</summary>
public static class Suggestion
{
    private const int LongestWord = 64;
    private const int LongestList = 16;
    private const int LeastBeginning = 3;

    /// <summary>Finds the known name nearest to a mistyped one.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">The names that exist.</param>
    /// <returns>The nearest name, or <see langword="null"/> when none is near. Letter case does not count.</returns>
    /// <remarks>Near is at most one edit (a letter added, left out, changed, or two swapped) for every three letters, not counting a
    /// source's name that both share (<c>workspace.</c>); or the word is the beginning of the name.</remarks>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        if (word.Length is 0 or > LongestWord)
            return null;
        string? best = null;
        int bestDistance = int.MaxValue;
        string? longer = null;
        foreach (string name in known)
        {
            int shared = SharedSource(word, name);
            int bound = ((word.Length - shared) / 3) + 1;
            int distance = Distance(word, name, bound);
            if (distance < bound && distance < bestDistance)
                (best, bestDistance) = (name, distance);
            if (word.Length - shared >= LeastBeginning && name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                longer ??= name;
        }

        return best ?? longer;
    }

    private static int SharedSource(string a, string b)
    {
        int shared = 0;
        for (int i = 0; i < Math.Min(a.Length, b.Length) && a[i] == b[i]; i++)
        {
            if (a[i] == '.')
                shared = i + 1;
        }

        if (a.Length > b.Length && a[b.Length] == '.' && a.StartsWith(b, StringComparison.Ordinal))
            shared = b.Length + 1;

        return shared;
    }

    /// <summary>Writes the sentence that follows "unknown X": <c>Did you mean 'Y'?</c>, or the list of what there is.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">The names that exist.</param>
    /// <returns>The sentence, or <see langword="null"/> when there is nothing to say.</returns>
    public static string? Sentence(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        List<string> names = [.. known];
        if (Nearest(word, names) is { } nearest)
            return $"Did you mean '{nearest}'?";
        if (names.Count == 0)
            return null;
        string rest = names.Count > LongestList ? ", …" : "";
        return $"There is: {string.Join(", ", names.Take(LongestList))}{rest}.";
    }

    /// <summary>Optimal string alignment distance, given up at <paramref name="bound"/>.</summary>
    private static int Distance(string a, string b, int bound)
    {
        if (Math.Abs(a.Length - b.Length) >= bound || b.Length > LongestWord)
            return bound;
        Span<int> twoAgo = stackalloc int[LongestWord + 1];
        Span<int> previous = stackalloc int[LongestWord + 1];
        Span<int> current = stackalloc int[LongestWord + 1];
        for (int j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int value = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    value = Math.Min(value, twoAgo[j - 2] + 1);
                current[j] = value;
                least = Math.Min(least, value);
            }

            if (least >= bound)
                return bound;
            Span<int> oldest = twoAgo;
            twoAgo = previous;
            previous = current;
            current = oldest;
        }

        return previous[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
