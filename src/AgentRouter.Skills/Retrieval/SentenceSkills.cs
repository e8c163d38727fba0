using System.Numerics.Tensors;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Finds the best skill for each sentence of a query.</summary>
internal static class SentenceSkills
{
    /// <summary>How many skills are looked at, the best for the whole query.</summary>
    public const int Candidates = 1_000;

    private const int FewestTerms = 3;
    private const float NarrowWeight = 0.5f;

    /// <summary>Finds the skills, the best for its sentence first; each once.</summary>
    /// <param name="scores">The scores for the whole query.</param>
    /// <param name="candidates">The skills to choose from.</param>
    /// <param name="query">The query.</param>
    /// <param name="places">The views to look at.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static IReadOnlyList<RankedSkill> Find(QueryScores scores, int[] candidates, string query, SentencePlaces places, CancellationToken cancellationToken)
    {
        RankingRecipe recipe = scores.Index.Recipe;
        (ViewWeight wide, ViewWeight narrow) = (recipe.Weights[places.Wide], recipe.Weights[places.Narrow]);
        using var few = new CandidateScores(scores, candidates);
        float[] fused = [.. candidates.Select(document => scores.Fused[document])], sums = new float[fused.Length], narrowShares = new float[fused.Length];
        var best = new Dictionary<int, (float Score, string Sentence)>();
        foreach (string sentence in QuerySentences.Of(query))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<QueryTerm> terms = QueryTerms.Of(sentence, recipe.Views[wide.View].Stems);
            List<TermWeights> known = TermWeights.Of(scores.Index, wide, terms);
            if (known.Count < FewestTerms || candidates.Length == 0)
                continue;
            few.Score(wide.View, known, sums);
            few.Score(narrow.View, TermWeights.Of(scores.Index, narrow, terms), narrowShares);
            TensorPrimitives.Add(sums, fused, sums);
            TensorPrimitives.MultiplyAdd(narrowShares, NarrowWeight, sums, sums);
            int first = TensorPrimitives.IndexOfMax((ReadOnlySpan<float>)sums);
            if (!best.TryGetValue(candidates[first], out var found) || found.Score < sums[first])
                best[candidates[first]] = (sums[first], sentence);
        }

        return [.. best.OrderByDescending(each => each.Value.Score).ThenBy(each => scores.Documents.Skill(each.Key).Id, StringComparer.Ordinal)
            .Select(each => new RankedSkill(each.Key, MatchReason.Sentence, each.Value.Sentence))];
    }
}
