using AgentRouter.Skills.Retrieval;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Reranking;

/// <summary>How a model orders skills.</summary>
public sealed record ModelSkillRerankerOptions
{
    /// <summary>Gets how many skills the model sees, from 2 to <see cref="SkillSearchOptions.MaxLimit"/>; 50 when not set, some 3,000 tokens. Half of what
    /// a search misses at twenty stands further down in its list.</summary>
    public int Depth { get; init; } = 50;

    /// <summary>Gets how many skills the model names at most, from 1 to 50; 20 when not set. The others follow in the order of the search.</summary>
    public int Named { get; init; } = 20;

    /// <summary>Gets what completes the options of the call, or <see langword="null"/>.</summary>
    public Func<ChatOptions, ChatOptions>? Configure { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal ModelSkillRerankerOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, SkillSearchOptions.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(Named, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Named, 50);
        return this;
    }
}
