namespace AgentRouter.Skills.Retrieval;

/// <summary>How a search is done.</summary>
public sealed record SkillSearchOptions
{
    /// <summary>The most matches that may be asked for.</summary>
    public const int MaxLimit = 200;

    /// <summary>Gets the most matches that come back, from 1 to <see cref="MaxLimit"/>; 10 when not set.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Gets a value indicating whether each match says which words of the query it was found by.</summary>
    public bool Explain { get; init; }
}
