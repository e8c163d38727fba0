using System.Text.RegularExpressions;

namespace AgentRouter.Skills.Sources;

/// <summary>Finds signs that a skill's text wants to do more than teach: text that people do not see, and sentences that work against who uses it.</summary>
/// <remarks>A sign is no proof, and none is no safety: whoever takes a skill from others reads it.</remarks>
internal static partial class InjectionSigns
{
    private const int Most = 20;

    /// <summary>Finds the signs in a file.</summary>
    /// <param name="text">The file's text, with line feeds.</param>
    /// <param name="shownPath">The file as problems name it.</param>
    public static IReadOnlyList<SkillProblem> Find(string text, string shownPath)
    {
        var found = new List<SkillProblem>();
        int line = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            int hidden = Hidden(content);
            if (hidden >= 0)
                found.Add(new SkillProblem(shownPath, line, hidden + 1, "The line has characters that nobody sees but a model reads. Remove them.", IsWarning: true));
            foreach (ValueMatch match in Turning().EnumerateMatches(content))
                found.Add(new SkillProblem(shownPath, line, match.Index + 1, $"'{content.Slice(match.Index, match.Length)}' works against whoever uses the skill. Read it before you trust it.", IsWarning: true));
            foreach (ValueMatch match in PipedDownload().EnumerateMatches(content))
                found.Add(new SkillProblem(shownPath, line, match.Index + 1, "The line runs what it downloads, unread.", IsWarning: true));
            if (found.Count >= Most)
                break;
        }

        return found;
    }

    // tag characters, marks that turn the reading direction, and joints of no width outside of emoji
    private static int Hidden(ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            bool isTag = c == '\uDB40' && i + 1 < line.Length && line[i + 1] is >= '\uDC00' and <= '\uDC7F';
            if (isTag || c is '\u200B' or '\u2060' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                return i;
        }

        return -1;
    }

    [GeneratedRegex(@"\b(ignore|disregard|forget|override)\s+(all\s+|any\s+)?(of\s+)?(the\s+|your\s+)?(previous|prior|above|earlier|system)\s+(instructions?|prompts?|rules|messages?)|\b(do not|don't|never)\s+(tell|inform|show|reveal to|mention (this|it) to)\s+the\s+user\b|\bwithout\s+(telling|informing|asking)\s+the\s+user\b|\breveal\s+(your|the)\s+system\s+prompt", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Turning();

    [GeneratedRegex(@"\b(curl|wget)\b[^|\n]{0,300}\|\s*(sudo\s+)?(ba|z|da)?sh\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PipedDownload();
}
