using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Finds the skills for a task, by the words of the task, offline.</summary>
/// <remarks>Safe for any number of threads; a search takes no lock. The index can be replaced while others search: a search that has begun
/// ends on the one it began with.</remarks>
public sealed class SkillRetriever
{
    private volatile SkillIndex _index;

    /// <summary>Makes the retriever.</summary>
    /// <param name="index">The skills.</param>
    public SkillRetriever(SkillIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        _index = index;
    }

    /// <summary>Gets or sets the skills.</summary>
    public SkillIndex Index
    {
        get => _index;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _index = value;
        }
    }

    /// <summary>Finds the skills for a task.</summary>
    /// <param name="query">The task, as it was given: the first 20,000 characters are read.</param>
    /// <param name="options">How to search.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The skills, the best first; empty when no word of the task stands in any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public IReadOnlyList<SkillMatch> Search(string query, SkillSearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new SkillSearchOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Limit, SkillSearchOptions.MaxLimit);
        SkillIndex index = _index;
        if (index.Count == 0)
            return [];
        using var scores = QueryScores.Of(index, query, cancellationToken);
        List<RankedSkill> ranked = ListFiller.Fill(scores, query, options.Limit, cancellationToken);
        return [.. ranked.Select(skill => Match(scores, skill, options.Explain))];
    }

    private static SkillMatch Match(QueryScores scores, RankedSkill ranked, bool explain) => new()
    {
        Skill = scores.Documents.Skill(ranked.Document),
        Score = scores.Fused[ranked.Document],
        Reason = ranked.Reason,
        Sentence = ranked.Sentence,
        Views = scores.Views(ranked.Document),
        Words = explain ? scores.Words(ranked.Document) : [],
    };
}
