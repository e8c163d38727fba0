using System.Collections.Concurrent;
using AgentRouter.Configuration;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>The skills of one run: each library is brought up to date once, when it is first needed, and then stays as it is.</summary>
internal sealed class RunSkills(RunSession run, SkillLibraries libraries)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<SkillLibrary>>> _open = [];

    /// <summary>Opens the library of an agent.</summary>
    /// <exception cref="NodeFailedException">A folder is not there, or there is nothing to find skills in.</exception>
    public async ValueTask<SkillLibrary> OpenAsync(SkillsDefinition skills, string? projectRoot, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> folders = skills.From ?? Default(projectRoot);
        // read for the whole run: a branch that is cancelled does not take it from its siblings
        Task<SkillLibrary> opening = _open.GetOrAdd(string.Join('\0', [skills.Embeddings ?? "", skills.Ranker ?? "", skills.Reranker ?? "", .. folders]), _ => new(() => libraries.OpenAsync(folders, skills, run.Warn, CancellationToken.None).AsTask())).Value;
        try
        {
            return await opening.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NodeFailedException($"The skills cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Gets what is learned for an agent; <see langword="null"/> where nothing is.</summary>
    /// <exception cref="NodeFailedException">The file is corrupt or cannot be read.</exception>
    public SkillFeedback? Feedback(SkillsDefinition skills)
    {
        try
        {
            return skills.Learns == false ? null : libraries.Feedback(skills.Feedback);
        }
        catch (ConfigurationException exception)
        {
            throw new NodeFailedException(exception.Message, exception);
        }
    }

    private static string[] Default(string? projectRoot) =>
        projectRoot is not null && Path.Join(projectRoot, ProjectFolder.SkillsFolder) is var folder && Directory.Exists(folder) ? [folder] : [];
}
