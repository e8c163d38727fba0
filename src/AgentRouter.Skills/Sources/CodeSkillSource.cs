namespace AgentRouter.Skills.Sources;

/// <summary>Skills that a program brings along.</summary>
public sealed class CodeSkillSource : ISkillSource
{
    private readonly Dictionary<string, Skill> _skills;

    /// <summary>Makes the source.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="skills">The skills; their ids are unique.</param>
    /// <exception cref="ArgumentException">Two skills have the same id.</exception>
    public CodeSkillSource(string name, params IEnumerable<Skill> skills)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(skills);
        Name = name;
        _skills = skills.ToDictionary(skill => skill.Id);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SkillListing> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (Skill skill in _skills.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SkillListing(skill.Id, skill.ComputeHash());
        }
    }

    /// <inheritdoc/>
    public ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return ValueTask.FromResult(_skills.TryGetValue(listing.Id, out Skill? skill)
            ? new SkillReading(skill, [])
            : new SkillReading(null, [new SkillProblem(listing.Id, 1, 1, $"The source '{Name}' has no such skill.")]));
    }
}
