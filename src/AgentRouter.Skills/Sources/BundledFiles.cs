namespace AgentRouter.Skills.Sources;

/// <summary>The files that a skill brings along beside its SKILL.md. They are listed when somebody asks, and read by nobody before.</summary>
public static class BundledFiles
{
    /// <summary>Lists the files of a skill, by path, relative to its folder with slashes.</summary>
    /// <param name="skill">The skill; without a folder it has none.</param>
    /// <returns>At most a thousand; links are left out, since they may lead anywhere, and so is what begins with a dot: a checkout's <c>.git</c>, an <c>.env</c>.</returns>
    public static IReadOnlyList<string> Of(Skill skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        if (skill.Folder is not { } folder || !Directory.Exists(folder))
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = SkillLimits.Depth, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };
        return [.. Directory.EnumerateFiles(folder, "*", options)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => file != SkillLimits.FileName && !file.Split('/').Any(part => part.StartsWith('.')))
            .Take(SkillLimits.BundledFiles)
            .Order(StringComparer.Ordinal)];
    }
}
