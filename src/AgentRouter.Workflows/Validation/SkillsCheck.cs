using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Rankers;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.SystemGraphs;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks the skills of an agent: its folders and names are there, and it can open what it is offered.</summary>
internal static class SkillsCheck
{
    public static void Run(WorkflowChecks checks, SkillsDefinition skills, AgentDefinition agent)
    {
        Defaults(checks, skills);
        SkillsDefinition whole = skills.Over(checks.Workflow.Skills);
        if (whole is { TopK: 0, Names.Count: 0 })
            checks.Diagnostics.Error(skills.Location, $"The skills of agent '{agent.Name}' offer nothing.", "Name some, or let topK find some.");
        if (agent.MaxCalls == 1)
            checks.Diagnostics.Warning(skills.Location, $"Agent '{agent.Name}' has no call left to open a skill.", "Raise its maxCalls.");
        IReadOnlyList<string> folders = FoldersOf(checks, whole);
        if (whole is { TopK: not 0, From: null } && folders is [var folder] && !Directory.Exists(folder))
            checks.Diagnostics.Warning(skills.Location, $"There is no folder {ProjectFolder.Display(folder)} to find skills in.", "Make it, or name folders under 'from'.");
        Names(checks, skills, folders);
        Cost(checks, skills, whole);
    }

    /// <summary>Checks what an agent and a workflow have in common.</summary>
    public static void Defaults(WorkflowChecks checks, SkillsDefinition skills)
    {
        if (skills is { Learns: false, Feedback: not null })
            checks.Diagnostics.Error(checks.Sources.Locate(skills, skills.Location, SkillsReader.FeedbackKey), "Nothing is kept in this file, because 'learn' is false.", "Leave out one of the two.");
        Feedback(checks, skills);
        Ranker(checks, skills);
        Embeddings(checks, skills);
        Reranker(checks, skills);
        for (int i = 0; i < (skills.From?.Count ?? 0); i++)
            From(checks, skills, skills.From![i], At(checks, skills, SkillsReader.FromKey, i));
    }

    private static void Ranker(WorkflowChecks checks, SkillsDefinition skills)
    {
        if (skills.Ranker is not { } file)
            return;
        try
        {
            _ = SkillRanker.Load(file);
        }
        catch (ConfigurationException exception)
        {
            checks.Diagnostics.Error(checks.Sources.Locate(skills, skills.Location, SkillsReader.RankerKey), exception.Message);
        }
    }

    private static void Embeddings(WorkflowChecks checks, SkillsDefinition skills)
    {
        if (skills.Embeddings is { } name && checks.Options.Configuration is { } configuration && !configuration.Embeddings.ContainsKey(name))
            checks.Unknown(checks.Sources.Locate(skills, skills.Location, SkillsReader.EmbeddingsKey), $"There are no embeddings '{name}' in the configuration.", name, configuration.Embeddings.Keys);
    }

    private static void Reranker(WorkflowChecks checks, SkillsDefinition skills)
    {
        if (skills.Reranker is not { } name)
            return;
        // without a configuration a program may have rerankers of its own, but hardly one that is called nearly like a word of the language
        bool isKnown = checks.Options.Configuration is { } configuration ? configuration.Rerankers.ContainsKey(name) : Suggestion.Nearest(name, SkillsReader.RerankWords) is null;
        if (!isKnown)
            checks.Unknown(checks.Sources.Locate(skills, skills.Location, SkillsReader.RerankKey), $"There is no reranker '{name}' in the configuration.", name, [.. SkillsReader.RerankWords, .. checks.Options.Configuration?.Rerankers.Keys ?? []]);
    }

    // a whole library that is embedded in a run would be a surprise on its bill
    private static void Cost(WorkflowChecks checks, SkillsDefinition skills, SkillsDefinition whole)
    {
        if (whole is { TopK: not 0, Embeddings: { } name } && checks.Options.Configuration?.Embeddings.GetValueOrDefault(name) is { IsPaid: true }
            && !(whole.From is [var file] && File.Exists(file)))
            checks.Diagnostics.Error(skills.Location, $"The embeddings '{name}' cost money, so folders are not embedded in a run.", $"Make an index with 'agentrouter skills index PATH --index FILE --embeddings {name}', and name it: from: FILE.");
    }

    private static void From(WorkflowChecks checks, SkillsDefinition skills, string path, SourceLocation at)
    {
        if (Directory.Exists(path))
            return;
        if (File.Exists(path))
        {
            if (skills.From!.Count > 1)
                checks.Diagnostics.Error(at, $"{ProjectFolder.Display(path)} is a file, which stands alone.", "Name folders, or one index that was made of all of them.");
            else if (!SkillIndexFile.CanBeMadeAgain(path))
                checks.Diagnostics.Error(at, $"{ProjectFolder.Display(path)} is no index of skills.", "Make one with 'agentrouter skills index PATH --index FILE'.");
            return;
        }

        string[] near = Path.GetDirectoryName(path) is { } parent && Directory.Exists(parent) ? [.. Directory.EnumerateFileSystemEntries(parent).Select(each => Path.GetFileName(each)!)] : [];
        checks.Diagnostics.Error(at, $"There is no folder {ProjectFolder.Display(path)}.", Suggestion.Sentence(Path.GetFileName(path), near) ?? "The path starts at this file's folder.");
    }

    private static void Feedback(WorkflowChecks checks, SkillsDefinition skills)
    {
        if (skills.Feedback is not { } file)
            return;
        try
        {
            _ = new SkillFeedback(file);
        }
        catch (ConfigurationException exception)
        {
            checks.Diagnostics.Error(checks.Sources.Locate(skills, skills.Location, SkillsReader.FeedbackKey), exception.Message);
        }
    }

    private static IReadOnlyList<string> FoldersOf(WorkflowChecks checks, SkillsDefinition skills) =>
        skills.From ?? ((checks.Workflow.ProjectRoot ?? checks.Options.ProjectRoot) is { } root ? [Path.Join(root, ProjectFolder.SkillsFolder)] : []);

    private static void Names(WorkflowChecks checks, SkillsDefinition skills, IReadOnlyList<string> folders)
    {
        if (skills.Names.Count == 0 || folders.Count == 0 || folders.Any(File.Exists))
            return;
        var known = ProjectSkills.ReadFolders(folders);
        for (int i = 0; i < skills.Names.Count; i++)
        {
            string name = skills.Names[i];
            if (known.Usable.Any(each => each.Name == name))
                continue;
            SourceLocation at = At(checks, skills, SkillsReader.NamesKey, i);
            if (known.ProblemOf(name) is { } problem)
                checks.Diagnostics.Error(at, $"The skill '{name}' cannot be used. {problem}");
            else
                checks.Unknown(at, $"There is no skill '{name}' in {string.Join(", ", folders.Select(ProjectFolder.Display))}.", name, known.Usable.Select(each => each.Name));
        }
    }

    // a list by itself has its elements where the mapping has those of its key
    private static SourceLocation At(WorkflowChecks checks, SkillsDefinition skills, string key, int element)
    {
        string place = "#" + element.ToString(CultureInfo.InvariantCulture);
        return checks.Sources.Has(skills, key) ? checks.Sources.Locate(skills, skills.Location, key, place) : checks.Sources.Locate(skills, skills.Location, place);
    }
}
