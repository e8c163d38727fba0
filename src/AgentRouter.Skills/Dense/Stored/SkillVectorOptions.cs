namespace AgentRouter.Skills.Dense.Stored;

/// <summary>How the vectors of skills are kept in a store and found there.</summary>
public sealed record SkillVectorOptions
{
    private readonly int _nearest = StoredDefaults.Nearest;

    /// <summary>Gets how many texts of skills a search asks the store for, from 1 to 10,000; 400 when not set. A skill has one text for its name and description and one for
    /// every piece of its body.</summary>
    public int Nearest
    {
        get => _nearest;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, StoredDefaults.MostNearest);
            _nearest = value;
        }
    }

    /// <summary>Gets a value indicating whether an update deletes the vectors of skills that are not in its index; so when not set. Say no where several machines
    /// with different skills update one collection.</summary>
    public bool RemovesGone { get; init; } = true;

    /// <summary>Gets what is told when the store cannot be asked, where a search is then to go on by words alone. When <see langword="null"/>, the search fails.</summary>
    public Action<SkillVectorException>? WordsAlone { get; init; }
}
