using AgentRouter.Skills.Feedback;

namespace AgentRouter.Skills.Use;

/// <summary>What a model is offered of a library, and how much of it it may read for one task.</summary>
public sealed record SkillUseOptions
{
    /// <summary>How many skills are found for a task when nothing else is said. In a library of a thousand the right one is among the first three
    /// nearly always, and each costs some sixty tokens of prompt.</summary>
    public const int DefaultTopK = 3;

    /// <summary>The most skills that may be offered.</summary>
    public const int MaxTopK = 20;

    /// <summary>The tokens that may be opened when nothing else is said: two long skills, or four of the common length.</summary>
    public const int DefaultMaxTokens = 4_000;

    /// <summary>The fewest tokens that are worth opening a skill for.</summary>
    public const int LeastMaxTokens = 100;

    /// <summary>The most tokens that may be opened: as much as a model is given of any tool's result.</summary>
    public const int MostMaxTokens = 16_000;

    /// <summary>Gets how many skills are found for the task, from 0, which leaves the named ones alone, to <see cref="MaxTopK"/>.</summary>
    public int TopK { get; init; } = DefaultTopK;

    /// <summary>Gets how many tokens of skills and their files may be opened for one task, from 100 to 16,000. A token is counted for every four bytes.</summary>
    public int MaxTokens { get; init; } = DefaultMaxTokens;

    /// <summary>Gets how what is found is put in order.</summary>
    public SkillRerank Rerank { get; init; }

    /// <summary>Gets the names of skills that are always offered, before those that are found.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Gets what verified work has shown of skills; <see langword="null"/> where nothing is learned.</summary>
    public SkillFeedback? Feedback { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal SkillUseOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(TopK);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TopK, MaxTopK);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, LeastMaxTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxTokens, MostMaxTokens);
        return this;
    }
}
