using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Makes the list of skills from their scores: the first places by the score, the others by ranks, some for single sentences.</summary>
internal static class ListFiller
{
    /// <summary>How many skills of each view are ranked. What is further down adds next to nothing.</summary>
    public const int Depth = 400;

    // G. Cormack, C. Clarke, S. Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", 2009
    private const double RankOffset = 20;

    /// <summary>Makes the list.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="query">The query.</param>
    /// <param name="limit">The most skills in it.</param>
    /// <param name="ranker">What puts its beginning in order, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static List<RankedSkill> Fill(QueryScores scores, string query, int limit, SkillRanker? ranker, CancellationToken cancellationToken)
    {
        List<RankedSkill> list = Rank(scores, query, ranker is null ? limit : Math.Max(limit, SkillRanker.Depth), cancellationToken);
        ranker?.Arrange(list, scores, query, cancellationToken);
        if (scores.Index.Recipe.SetPlaces is { } set)
            SkillSet.Arrange(list, set, scores.Documents);
        return list.Count > limit ? list[..limit] : list;
    }

    // at least as many as are wanted
    private static List<RankedSkill> Rank(QueryScores scores, string query, int limit, CancellationToken cancellationToken)
    {
        RankingRecipe recipe = scores.Index.Recipe;
        SentencePlaces? sentences = recipe.Sentences?.FromSkills <= scores.Index.Count ? recipe.Sentences : null;
        int[] best = TopDocuments.Of(scores.Fused, Math.Max(limit, sentences is null ? Depth : SentenceSkills.Candidates), scores.Documents);
        List<RankedSkill> list = [.. best.Take(recipe.PlacesByScore ?? best.Length).Select(document => new RankedSkill(document, MatchReason.Score))];
        if (recipe.PlacesByScore is not null)
            AddByRanks(list, scores, limit);
        if (sentences is { } places && limit > places.Keep)
            PutIn(list, SentenceSkills.Find(scores, best, query, places, cancellationToken), places);
        return list;
    }

    private static void AddByRanks(List<RankedSkill> list, QueryScores scores, int limit)
    {
        var sums = new Dictionary<int, double>();
        for (int weight = 0; weight < scores.Index.Recipe.Weights.Count; weight++)
            Add(scores.Of(weight), scores.Index.Recipe.Weights[weight].RankWeight);
        Add(scores.Near, scores.Index.Recipe.Dense?.RankWeight ?? 0);
        foreach (RankedSkill skill in list)
            sums.Remove(skill.Document);
        var left = new (int Document, double Sum)[sums.Count];
        int next = 0;
        foreach ((int document, double sum) in sums)
            left[next++] = (document, sum);
        Array.Sort(left, (a, b) => a.Sum != b.Sum ? b.Sum.CompareTo(a.Sum) : scores.Documents.CompareIds(a.Document, b.Document));
        list.AddRange(left.Take(limit).Select(each => new RankedSkill(each.Document, MatchReason.Ranks)));

        void Add(ReadOnlySpan<float> view, double rankWeight)
        {
            int[] ranked = rankWeight == 0 ? [] : TopDocuments.Of(view, Depth, scores.Documents);
            for (int rank = 0; rank < ranked.Length; rank++)
                sums[ranked[rank]] = sums.GetValueOrDefault(ranked[rank]) + rankWeight / (RankOffset + rank + 1);
        }
    }

    private static void PutIn(List<RankedSkill> list, IReadOnlyList<RankedSkill> found, SentencePlaces places)
    {
        if (list.Count <= places.Keep)
            return;
        var kept = new HashSet<int>(list.Take(places.Keep).Select(skill => skill.Document));
        RankedSkill[] added = [.. found.Where(skill => !kept.Contains(skill.Document)).Take(places.Most)];
        var documents = new HashSet<int>(added.Select(skill => skill.Document));
        list.RemoveAll(skill => documents.Contains(skill.Document));
        list.InsertRange(places.Keep, added);
    }
}
