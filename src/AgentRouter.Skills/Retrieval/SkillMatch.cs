using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Retrieval;

/// <summary>A skill that was found.</summary>
public sealed record SkillMatch
{
    /// <summary>Gets the skill.</summary>
    public required IndexedSkill Skill { get; init; }

    /// <summary>Gets the score: a share of what a skill would have that is the best under every view. Shares of different queries cannot be compared.</summary>
    public required double Score { get; init; }

    /// <summary>Gets why it stands in its place.</summary>
    public required MatchReason Reason { get; init; }

    /// <summary>Gets the sentence of the query that it was found for, where that is the reason.</summary>
    public string? Sentence { get; init; }

    /// <summary>Gets its score under each view, as a share of the best skill's.</summary>
    public required IReadOnlyList<ViewScore> Views { get; init; }

    /// <summary>Gets the words of the query that count most in its score, the heaviest first; none when not asked for.</summary>
    public IReadOnlyList<WordScore> Words { get; init; } = [];
}

/// <summary>The score of a skill under one view.</summary>
/// <param name="View">The view's name.</param>
/// <param name="Share">The score as a share of the best skill's, from 0 to 1.</param>
public sealed record ViewScore(string View, double Share);

/// <summary>What a word of the query counts in the score of a skill.</summary>
/// <param name="Word">The word, as the query says it.</param>
/// <param name="Score">What it adds to the score.</param>
public sealed record WordScore(string Word, double Score);
