using System.Text.RegularExpressions;

namespace AgentRouter.Memory.Text;

/// <summary>Finds what a passage without a title is about: the subject of its first sentence. It does for the passage what a title does.</summary>
internal static partial class PassageSubject
{
    private const int MostWords = 6;
    private const int Looked = 400;
    private const int Introduced = 250;

    // what a sentence begins with that is about something else
    private static readonly HashSet<string> NoSubjects = new(StringComparer.Ordinal)
    {
        "In", "On", "At", "As", "For", "Under", "During", "After", "Before", "By", "From", "With", "Although", "While", "When", "Since", "It", "He", "She", "They", "This",
        "There", "These", "Its", "His", "Her", "Their", "If", "To", "Despite", "Among", "Following", "Because", "Though", "Some", "Most", "Many", "All", "Both", "Two", "Three",
        "Several", "One",
    };

    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal)
    {
        "Mr", "Mrs", "Ms", "Dr", "St", "Jr", "Sr", "No", "Lt", "Col", "Gen", "Capt", "Sgt", "Rev", "Hon", "Prof", "vs", "Mt", "Ft",
    };

    /// <summary>Finds the names of the subject.</summary>
    /// <param name="text">The passage.</param>
    /// <returns>The name, and for a person with middle names also the shorter ones; nothing where no subject is found.</returns>
    public static IReadOnlyList<string> Of(string text)
    {
        string sentence = text.AsSpan().Trim().TrimStart("\"'“”‘`*( ").ToString();
        if (sentence.Length > Looked)
            sentence = sentence[..Looked];
        int end = End(sentence);
        string head = sentence[..end].Trim(' ', '"', '\'', '“', '”', '‘', '’', '`', '*');
        head = Article().Replace(head, "");
        if (Nickname().Replace(head, " ").Trim() is { Length: > 0 } plain)
            head = plain;
        string[] words = head.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool isName = words.Length is > 0 and <= MostWords && !NoSubjects.Contains(words[0]) && words.Any(word => char.IsUpper(word[0]) || char.IsDigit(word[0]));
        var names = new List<string>();
        if (isName)
            names.Add(head);
        // Anna Maria Fischer (born …): also Anna Fischer
        bool isPerson = isName && sentence.AsSpan(end).TrimStart().StartsWith("(") && words.Length >= 3 && words.All(word => char.IsUpper(word[0])) && words[^1].TrimEnd('.') is not ("Jr" or "Sr" or "II" or "III" or "IV" or "I" or "V");
        if (isPerson)
        {
            names.Add($"{words[0]} {words[^1]}");
            if (words.Length == 4)
                names.Add($"{words[0]} {words[2]} {words[3]}");
        }

        if (KnownAs().Match(text.Length > Introduced ? text[..Introduced] : text) is { Success: true } known)
            names.Add(known.Groups[1].Value);
        return names;
    }

    // where the subject ends: at its verb, a comma, a bracket, or the end of the sentence if that is no abbreviation
    private static int End(string sentence)
    {
        int from = 0;
        while (true)
        {
            Match match = Break().Match(sentence, from);
            if (!match.Success)
                return sentence.Length;
            string last = sentence[..match.Index].Split(' ')[^1];
            if (match.ValueSpan[0] != '.' || !(Abbreviations.Contains(last) || (last.Length == 1 && char.IsUpper(last[0]))))
                return match.Index;
            from = match.Index + 1;
        }
    }

    [GeneratedRegex(@"\s*\(|,|\s+(?:is|was|are|were|has|had|have|refers|can|may|will|consists|became|served|died|began|took|occurred|follows|takes|also|typically|includes|stands|won|plays|played|made|produced|released|lies|runs|works|worked|grew|lives|lived|comprises|contains|features|featured|tells|provides|represents|covers|covered|remains|remained|first|used|does|did|would)\b|\s+[-–—]\s|;|:|\.(?:\s+[A-Z]|\s*$)|\n", RegexOptions.CultureInvariant)]
    private static partial Regex Break();

    [GeneratedRegex(@"^(?:The|A|An)\s+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Article();

    // Wilhelmina "Billie" Fischer
    [GeneratedRegex(@"\s*[""“][^""”]{1,25}[""”]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Nickname();

    [GeneratedRegex(@"\b[Kk]nown (?:\w+ )?(?:as|by (?:his|her|their|the|its) (?:\w+ ){0,2}names?)\b(?: the)? [""'“`]*\s*([A-Z][\w\-']+(?:(?:\s+(?:of|the|de|von|van|la|di|al|bin|ibn))?\s+[A-Z][\w\-']+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex KnownAs();
}
