using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills;

/// <summary>The library that the skills commands work on: an index file, or folders of skills.</summary>
internal static class SkillLibrary
{
    private const string FileName = "skills.index";

    /// <summary>Makes the option that names the index.</summary>
    public static Option<string?> File() => new("--index") { HelpName = "FILE", Description = "The index. By default in the user's data folder." };

    /// <summary>Makes the option that names folders to search without an index file.</summary>
    public static Option<string[]> Folders() => new("--in") { HelpName = "PATH", Description = "Read these folders now instead of an index.", AllowMultipleArgumentsPerToken = true };

    /// <summary>Makes the option that says whether vectors are learned.</summary>
    public static Option<DenseMode> Dense() => new("--dense") { HelpName = "on|off|auto", Description = $"Learn vectors of words from the skills, so that what is alike is near. 'auto': from {LearnedVectors.FewestSkills} skills on." };

    /// <summary>Makes the option that names a trained ranker.</summary>
    public static Option<string?> Ranker() => new("--ranker") { HelpName = "FILE", Description = "A ranker that 'skills train' made of tasks of your own." };

    /// <summary>Reads a trained ranker, where one is named.</summary>
    public static SkillRanker? Ranker(CliContext context, string? named) => named is null ? null : SkillRanker.Load(context.Resolve(named));

    /// <summary>Makes the path of the index.</summary>
    public static string PathOf(CliContext context, string? named) => named is null ? Path.Combine(context.DataFolder, FileName) : context.Resolve(named);

    /// <summary>Opens folders as sources.</summary>
    public static IReadOnlyList<FolderSkillSource> Open(CliContext context, IEnumerable<string> folders) =>
        [.. folders.Select(folder => new FolderSkillSource(context.Resolve(folder), context.Shorten))];

    /// <summary>Loads the index, or reads the folders.</summary>
    /// <exception cref="UsageException">There is no index yet, or no skill in a folder.</exception>
    public static async Task<SkillIndex> LoadAsync(CliContext context, string? named, string[]? folders, CancellationToken cancellationToken)
    {
        if (folders is { Length: > 0 })
            return await ReadAsync(FilledFolders.Open(context, folders), null, cancellationToken);
        return Load(context, named);
    }

    /// <summary>Loads the index.</summary>
    /// <exception cref="UsageException">There is no index yet.</exception>
    public static SkillIndex Load(CliContext context, string? named)
    {
        string path = PathOf(context, named);
        return System.IO.File.Exists(path)
            ? SkillIndexFile.Load(path)
            : throw new UsageException($"There is no index {context.Shorten(path)}. Make it with 'agentrouter skills index PATH', or name folders with --in.");
    }

    /// <summary>Reads folders now.</summary>
    /// <param name="sources">The folders.</param>
    /// <param name="embedder">What makes vectors of them, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<SkillIndex> ReadAsync(IReadOnlyList<FolderSkillSource> sources, ISkillEmbedder? embedder, CancellationToken cancellationToken) =>
        (await SkillIndexer.UpdateAsync(SkillIndex.Empty, sources, new SkillIndexerOptions { Dense = DenseMode.Off, Embedder = embedder }, cancellationToken: cancellationToken)).Index;
}
