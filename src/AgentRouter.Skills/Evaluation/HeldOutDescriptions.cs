using AgentRouter.Configuration;

namespace AgentRouter.Skills.Evaluation;

/// <summary>Makes tasks of what skills say they are for: a description must find its skill again in a pool of bodies without names and descriptions.</summary>
internal sealed class HeldOutDescriptions
{
    private const int FewestWords = 6;
    private const int Start = 60;

    private readonly List<EvaluationTask> _tasks = [];

    /// <summary>Takes the description of a skill as a task, unless it is too short or its body says the same.</summary>
    /// <param name="skill">The skill.</param>
    /// <returns>The skill without name and description.</returns>
    public Skill Take(Skill skill)
    {
        string description = OneLine(skill.Description);
        if (description.Count(letter => letter == ' ') >= FewestWords - 1 && !OneLine(skill.Body).Contains(description[..Math.Min(description.Length, Start)], StringComparison.OrdinalIgnoreCase))
            _tasks.Add(new EvaluationTask(skill.Id, skill.Description, new HashSet<string> { skill.Id }, new Dictionary<string, double> { [skill.Id] = 1 }));
        return skill with { Name = "", Description = "" };
    }

    /// <summary>Draws tasks.</summary>
    /// <param name="count">How many, where there are as many.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="ConfigurationException">There are none.</exception>
    public IReadOnlyList<EvaluationTask> Draw(int count, int seed)
    {
        if (_tasks.Count == 0)
            throw new ConfigurationException("No skill of the pool can be looked for by its description: it needs one of six words or more that its body does not repeat.");
        EvaluationTask[] drawn = [.. _tasks];
        new Random(seed).Shuffle(drawn);
        return drawn.Length <= count ? drawn : drawn[..count];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
