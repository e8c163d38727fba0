using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Text;

/// <summary>Counts the terms of a skill by field.</summary>
internal static class SkillDocument
{
    private static readonly StemKind[] Stems = [StemKind.Plural];

    /// <summary>Counts a skill's terms.</summary>
    public static DocumentTerms Count(Skill skill, TermCounter counter)
    {
        counter.Add((int)SkillField.Name, skill.Name, Stems);
        counter.Add((int)SkillField.Description, skill.Description, Stems);
        var lines = new MarkdownFields(skill.Body);
        while (lines.MoveNext())
            counter.Add((int)lines.Field, lines.Current, Stems);
        return counter.Take();
    }
}
