namespace AgentRouter.Events;

/// <summary>An agent was offered skills for its task.</summary>
/// <param name="Task">The hash of the task that they were searched for.</param>
/// <param name="Skills">The skills, those that were given by name first, then the best found first.</param>
public sealed record SkillsOffered(string Task, IReadOnlyList<OfferedSkill> Skills) : RunEvent
{
    /// <summary>Gets the task as it was searched for, shortened; <see langword="null"/> where texts of prompts are not recorded.</summary>
    public string? Text { get; init; }
}

/// <summary>Skills were found for an agent's task, and a model is asked which of them help.</summary>
/// <param name="Task">The hash of the task that they were searched for.</param>
/// <param name="Skills">The skills that the model sees, the best found first.</param>
public sealed record SkillsFound(string Task, IReadOnlyList<FoundSkill> Skills) : RunEvent;

/// <summary>A skill as a search has found it.</summary>
/// <param name="Name">The skill's name.</param>
/// <param name="Id">Where it came from.</param>
/// <param name="Description">What it does, shortened, as the model sees it.</param>
/// <param name="Reason">Why it was found, in a few words.</param>
/// <param name="Score">Its score in the search, from 0 to 1.</param>
public sealed record FoundSkill(string Name, string Id, string Description, string Reason, double Score);

/// <summary>A skill as an agent was offered it.</summary>
/// <param name="Name">The name that opens it.</param>
/// <param name="Id">Where it came from.</param>
/// <param name="Description">What it does, shortened, as the model saw it.</param>
/// <param name="Reason">Why it was offered, in a few words.</param>
/// <param name="Score">Its score in the search, from 0 to 1; <see langword="null"/> for one that was given by name.</param>
/// <param name="Warning">A sign that its text works against its reader, or <see langword="null"/>.</param>
public sealed record OfferedSkill(string Name, string Id, string Description, string Reason, double? Score, string? Warning);

/// <summary>An agent opened a skill, or a file that comes with one.</summary>
/// <param name="Name">The skill.</param>
/// <param name="File">The file, or <see langword="null"/> for the skill itself.</param>
/// <param name="Tokens">How many tokens of it were shown, at four bytes a token.</param>
/// <param name="TokensLeft">How many more the agent may open in this visit.</param>
/// <param name="IsCut">Whether it did not fit and was cut.</param>
public sealed record SkillOpened(string Name, string? File, int Tokens, int TokensLeft, bool IsCut) : RunEvent;
