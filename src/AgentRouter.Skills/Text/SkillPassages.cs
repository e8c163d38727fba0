namespace AgentRouter.Skills.Text;

/// <summary>Parts a skill into texts that a model can embed: what it is for, and pieces of its body.</summary>
/// <remarks>A vector of a whole body is near everything and nothing. Pieces end at headings where they can, and each begins with the skill's name.</remarks>
internal static class SkillPassages
{
    /// <summary>The longest task that is embedded, in characters; what is behind is left out.</summary>
    public const int LongestQuery = 8_000;

    private const int LongestDescription = 1_500;
    private const int Longest = 1_200;
    private const int LongEnough = 400;

    /// <summary>Parts a skill. The first text is its name and description; bodies are read as far as for ranking.</summary>
    public static IReadOnlyList<string> Of(Skill skill)
    {
        var texts = new List<string> { $"{skill.Name}\n{Cut(skill.Description, LongestDescription)}" };
        string body = Cut(skill.Body, MarkdownFields.ReadLength);
        for (int start = 0, end; start < body.Length; start = end)
        {
            end = End(body, start);
            string passage = body[start..end].Trim();
            if (passage.Length > 0)
                texts.Add($"{skill.Name}\n{passage}");
        }

        return texts;
    }

    // the next heading that is far enough, else the last line that fits, else as much as fits
    private static int End(string body, int start)
    {
        int most = Math.Min(body.Length, start + Longest);
        int heading = start + LongEnough < most ? body.IndexOf("\n#", start + LongEnough, most - start - LongEnough, StringComparison.Ordinal) : -1;
        if (heading >= 0)
            return heading + 1;
        if (most == body.Length)
            return most;
        int line = body.LastIndexOf('\n', most - 1, most - start - 1);
        return line > start ? line + 1 : most;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
