namespace AgentRouter.Skills.Sources;

/// <summary>Checks the skills of a folder and says everything that is wrong with them.</summary>
public static class SkillLint
{
    /// <summary>Checks a folder.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Each skill's file with its problems, whether it has any or not, by path.</returns>
    public static IEnumerable<(string File, IReadOnlyList<SkillProblem> Problems)> Check(FolderSkillSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (SkillListing listing in source.List(cancellationToken))
        {
            string shown = source.Show(listing.Id);
            string? text = SkillFileText.Read(listing.Id, out string problem);
            yield return text is null
                ? (shown, [new SkillProblem(shown, 1, 1, problem)])
                : (shown, [.. SkillReader.Parse(text, listing.Id, shown).Problems, .. InjectionSigns.Find(text, shown)]);
        }
    }
}
