using AgentRouter.Cli.CommandLine;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills;

/// <summary>Tells folders of skills from those that were named by mistake: nothing in them is a skill.</summary>
internal static class FilledFolders
{
    /// <summary>Opens folders that must hold skills.</summary>
    /// <exception cref="UsageException">There is none below one of them.</exception>
    public static IReadOnlyList<FolderSkillSource> Open(CliContext context, IEnumerable<string> folders)
    {
        IReadOnlyList<FolderSkillSource> sources = SkillLibrary.Open(context, folders);
        return Empty(sources) is { Count: > 0 } empty ? throw new UsageException($"{Nothing(empty)} Name a folder that holds skills.") : sources;
    }

    /// <summary>Lists those without a single skill.</summary>
    public static IReadOnlyList<FolderSkillSource> Empty(IEnumerable<FolderSkillSource> sources) => [.. sources.Where(source => !source.List().Any())];

    /// <summary>Says that there is nothing in folders.</summary>
    public static string Nothing(IEnumerable<FolderSkillSource> empty) => $"There is no SKILL.md below {string.Join(", ", empty.Select(source => source.Name))}.";
}
