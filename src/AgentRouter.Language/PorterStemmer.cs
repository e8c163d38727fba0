namespace AgentRouter.Language;

/// <summary>Takes the endings off English words. M. F. Porter, "An algorithm for suffix stripping", 1980.</summary>
internal static class PorterStemmer
{
    private const int Shortest = 3;

    private static readonly (string From, string To)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string From, string To)[] Step3 =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] Step4 =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ];

    /// <summary>Stems a word in place.</summary>
    /// <param name="word">A word in lower case, with a place more than its letters for the ending that may come.</param>
    /// <param name="length">The word's length.</param>
    /// <returns>The length of the stem.</returns>
    public static int Stem(Span<char> word, int length)
    {
        if (length < Shortest || word[..length].ContainsAnyExceptInRange('a', 'z'))
            return length;
        length = Plurals(word, length);
        length = PastAndGerund(word, length);
        if (word[length - 1] == 'y' && HasVowel(word[..(length - 1)]))
            word[length - 1] = 'i';
        length = Replace(word, length, Step2);
        length = Replace(word, length, Step3);
        length = Remove(word, length);
        return Tidy(word, length);
    }

    private static int Plurals(Span<char> word, int length)
    {
        ReadOnlySpan<char> text = word[..length];
        if (text.EndsWith("sses") || text.EndsWith("ies"))
            return length - 2;
        return text[^1] == 's' && text[^2] != 's' ? length - 1 : length;
    }

    private static int PastAndGerund(Span<char> word, int length)
    {
        ReadOnlySpan<char> text = word[..length];
        if (text.EndsWith("eed"))
            return Measure(text[..^3]) > 0 ? length - 1 : length;
        int cut = text.EndsWith("ed") ? 2 : text.EndsWith("ing") ? 3 : 0;
        if (cut == 0 || !HasVowel(text[..^cut]))
            return length;
        length -= cut;
        text = word[..length];
        if (text.EndsWith("at") || text.EndsWith("bl") || text.EndsWith("iz") || (Measure(text) == 1 && IsShortSyllable(text)))
        {
            word[length] = 'e';
            return length + 1;
        }

        return IsDouble(text) && text[^1] is not ('l' or 's' or 'z') ? length - 1 : length;
    }

    private static int Replace(Span<char> word, int length, (string From, string To)[] rules)
    {
        ReadOnlySpan<char> text = word[..length];
        foreach ((string from, string to) in rules)
        {
            if (!text.EndsWith(from))
                continue;
            int stem = length - from.Length;
            if (Measure(text[..stem]) == 0)
                return length;
            to.CopyTo(word[stem..]);
            return stem + to.Length;
        }

        return length;
    }

    private static int Remove(ReadOnlySpan<char> word, int length)
    {
        ReadOnlySpan<char> text = word[..length];
        if (text.EndsWith("ion"))
            return length > 3 && text[^4] is 's' or 't' && Measure(text[..^3]) > 1 ? length - 3 : length;
        int longest = 0;
        foreach (string ending in Step4)
        {
            if (ending.Length > longest && text.EndsWith(ending))
                longest = ending.Length;
        }

        return longest > 0 && Measure(text[..^longest]) > 1 ? length - longest : length;
    }

    private static int Tidy(ReadOnlySpan<char> word, int length)
    {
        ReadOnlySpan<char> text = word[..length];
        if (text[^1] == 'e')
        {
            int measure = Measure(text[..^1]);
            if (measure > 1 || (measure == 1 && !IsShortSyllable(text[..^1])))
                length--;
        }

        text = word[..length];
        return length > 1 && text[^1] == 'l' && IsDouble(text) && Measure(text) > 1 ? length - 1 : length;
    }

    // the number of changes from vowels to consonants
    private static int Measure(ReadOnlySpan<char> text)
    {
        int measure = 0;
        bool wasVowel = false;
        for (int i = 0; i < text.Length; i++)
        {
            bool isVowel = IsVowel(text, i);
            if (wasVowel && !isVowel)
                measure++;
            wasVowel = isVowel;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsVowel(text, i))
                return true;
        }

        return false;
    }

    private static bool IsVowel(ReadOnlySpan<char> text, int at) =>
        text[at] is 'a' or 'e' or 'i' or 'o' or 'u' || (text[at] == 'y' && at > 0 && !IsVowel(text, at - 1));

    private static bool IsDouble(ReadOnlySpan<char> text) => text.Length > 1 && text[^1] == text[^2] && !IsVowel(text, text.Length - 1);

    // consonant, vowel, consonant, and the last not w, x or y
    private static bool IsShortSyllable(ReadOnlySpan<char> text) => text.Length > 2
        && !IsVowel(text, text.Length - 3) && IsVowel(text, text.Length - 2) && !IsVowel(text, text.Length - 1) && text[^1] is not ('w' or 'x' or 'y');
}
