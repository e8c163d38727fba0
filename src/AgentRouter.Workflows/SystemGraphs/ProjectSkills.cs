using AgentRouter.Skills;
using AgentRouter.Skills.Sources;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>The skills of a project, and what is wrong with those that cannot be used.</summary>
/// <param name="Usable">The skills that can be used, by path.</param>
/// <param name="Problems">The errors of the others.</param>
internal sealed record ProjectSkills(IReadOnlyList<Skill> Usable, IReadOnlyList<SkillProblem> Problems)
{
    private const int MostSkills = 10_000;

    /// <summary>Reads the folder <c>skills/</c> of a project.</summary>
    public static ProjectSkills Read(string projectRoot) => ReadFolders([Path.Join(projectRoot, ProjectFolder.SkillsFolder)]);

    /// <summary>Reads folders; those that are not there hold none.</summary>
    public static ProjectSkills ReadFolders(IEnumerable<string> folders)
    {
        SkillReading[] readings = [.. folders.Where(Directory.Exists).Select(folder => new FolderSkillSource(folder, ProjectFolder.Display))
            .SelectMany(source => source.List().Select(source.Read)).Take(MostSkills)];
        return new ProjectSkills([.. readings.Select(reading => reading.Skill).OfType<Skill>()],
            [.. readings.SelectMany(reading => reading.Problems).Where(problem => !problem.IsWarning)]);
    }

    /// <summary>Finds what is wrong with the skill of a folder.</summary>
    /// <param name="name">The folder's name, which is the skill's.</param>
    public SkillProblem? ProblemOf(string name) =>
        Problems.FirstOrDefault(problem => Path.GetFileName(Path.GetDirectoryName(problem.File)) == name);
}
