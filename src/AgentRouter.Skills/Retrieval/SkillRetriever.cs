using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Reranking;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Finds the skills for a task: by its words, and by vectors where the index has them.</summary>
/// <remarks>Safe for any number of threads; a search takes no lock. The index can be replaced while others search: a search that has begun
/// ends on the one it began with.</remarks>
public sealed class SkillRetriever
{
    private readonly ISkillEmbedder? _embedder;
    private readonly ISkillReranker? _reranker;
    private readonly SkillRanker? _ranker;
    private readonly SkillVectorCollection? _vectors;
    private volatile SkillIndex _index;

    /// <summary>Makes the retriever.</summary>
    /// <param name="index">The skills.</param>
    /// <param name="embedder">What made the vectors of the index, where a user's model did.</param>
    /// <param name="reranker">What puts the first skills into their final order; <see langword="null"/> for the order of the search.</param>
    /// <param name="ranker">What was learned from tasks of your own, as a part of every search; <see langword="null"/> for the recipe alone.</param>
    /// <param name="vectors">The vectors of the skills in a store, where they are there: they count instead of those of the index, and an embedder is not needed.</param>
    public SkillRetriever(SkillIndex index, ISkillEmbedder? embedder = null, ISkillReranker? reranker = null, SkillRanker? ranker = null, SkillVectorCollection? vectors = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        (_index, _embedder, _reranker, _ranker, _vectors) = (index, embedder, reranker, ranker, vectors);
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

    /// <summary>Makes what searches the same without asking a model.</summary>
    internal SkillRetriever ByWords() => new(_index, ranker: _ranker);

    /// <summary>Gets a value indicating whether a search with vectors costs money.</summary>
    internal bool IsPaid => _embedder is { IsPaid: true } || _vectors is { IsPaid: true };

    /// <summary>Finds the skills for a task, with vectors of the embedder where the index has them, and in the order of the reranker where there is one.
    /// Without both it is the same as <see cref="Search"/>.</summary>
    /// <param name="query">The task, as it was given: the first 20,000 characters are read, of which the first 8,000 are embedded.</param>
    /// <param name="options">How to search.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The skills, the best first; empty when nothing is alike.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    /// <exception cref="ConfigurationException">The index has vectors of another embedder, or the embedder gave what is none, or the collection of vectors is not there.</exception>
    /// <exception cref="SkillVectorException">The store with the vectors cannot be asked, and nothing is said of going by words alone.</exception>
    public async ValueTask<IReadOnlyList<SkillMatch>> SearchAsync(string query, SkillSearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new SkillSearchOptions();
        Check(options);
        (SkillIndex index, TaskNearness? nearness) = await NearnessAsync(_index, query, cancellationToken).ConfigureAwait(false);
        if (_reranker is null)
            return Find(index, query, nearness, _ranker, options, cancellationToken);
        SkillSearchOptions deep = options with { Limit = Math.Min(Math.Max(options.Limit, _reranker.Depth), SkillSearchOptions.MaxLimit) };
        IReadOnlyList<SkillMatch> found = Find(index, query, nearness, _ranker, deep, cancellationToken);
        IReadOnlyList<SkillMatch> ranked = await _reranker.RerankAsync(query, [.. found.Take(_reranker.Depth)], cancellationToken).ConfigureAwait(false);
        return [.. ranked.Concat(found.Skip(_reranker.Depth)).Take(options.Limit)];
    }

    /// <summary>Finds the skills for a task, offline: by its words, and by vectors that were learned from the skills where the index has them.</summary>
    /// <param name="query">The task, as it was given: the first 20,000 characters are read.</param>
    /// <param name="options">How to search.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The skills, the best first; empty when no word of the task stands in any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public IReadOnlyList<SkillMatch> Search(string query, SkillSearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        SkillIndex index = _index;
        return Find(index, query, index.Space?.VectorOf(query), _ranker, options, cancellationToken);
    }

    /// <summary>Finds the skills for a task whose vector is known.</summary>
    internal static IReadOnlyList<SkillMatch> Find(SkillIndex index, string query, Int8Rows? vector, SkillRanker? ranker, SkillSearchOptions? options, CancellationToken cancellationToken) =>
        Find(index, query, ScannedNearness.Of(vector), ranker, options, cancellationToken);

    private static IReadOnlyList<SkillMatch> Find(SkillIndex index, string query, TaskNearness? nearness, SkillRanker? ranker, SkillSearchOptions? options, CancellationToken cancellationToken)
    {
        options ??= new SkillSearchOptions();
        Check(options);
        if (index.Count == 0)
            return [];
        using var scores = QueryScores.Of(index, query, nearness, cancellationToken);
        List<RankedSkill> ranked = ListFiller.Fill(scores, query, options.Limit, ranker, cancellationToken);
        return [.. ranked.Select(skill => Match(scores, skill, options.Explain))];
    }

    private async ValueTask<(SkillIndex Index, TaskNearness? Nearness)> NearnessAsync(SkillIndex index, string query, CancellationToken cancellationToken)
    {
        if (_vectors is not null && index.Count > 0 && await _vectors.NearnessAsync(index, query, cancellationToken).ConfigureAwait(false) is { } stored)
            return stored;
        Int8Rows? vector = index.Space is EmbeddedTexts space && _embedder is not null && index.Count > 0
            ? await space.VectorOfAsync(query, _embedder, cancellationToken).ConfigureAwait(false)
            : index.Space?.VectorOf(query);
        return (index, ScannedNearness.Of(vector));
    }

    private static void Check(SkillSearchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Limit, SkillSearchOptions.MaxLimit);
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
