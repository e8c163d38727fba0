using System.Buffers;
using System.Numerics.Tensors;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Finds the best skill for each sentence of a query.</summary>
internal static class SentenceSkills
{
    private const int FewestTerms = 3;
    private const float NarrowWeight = 0.5f;

    /// <summary>Finds the skills, the best for its sentence first; each once.</summary>
    public static IReadOnlyList<RankedSkill> Find(QueryScores scores, string query, SentencePlaces places, CancellationToken cancellationToken)
    {
        RankingRecipe recipe = scores.Index.Recipe;
        (ViewWeight wide, ViewWeight narrow) = (recipe.Weights[places.Wide], recipe.Weights[places.Narrow]);
        float[] wideBuffer = ArrayPool<float>.Shared.Rent(scores.Documents.Count), narrowBuffer = ArrayPool<float>.Shared.Rent(scores.Documents.Count);
        Span<float> wideScores = wideBuffer.AsSpan(0, scores.Documents.Count), narrowScores = narrowBuffer.AsSpan(0, scores.Documents.Count);
        var best = new Dictionary<int, (float Score, string Sentence)>();
        foreach (string sentence in QuerySentences.Of(query))
        {
            IReadOnlyList<QueryTerm> terms = QueryTerms.Of(sentence, recipe.Views[wide.View].Stems);
            List<TermWeights> known = TermWeights.Of(scores.Index, wide, terms);
            if (known.Count < FewestTerms)
                continue;
            float mostWide = scores.Score(wide.View, known, wideScores, cancellationToken);
            float mostNarrow = scores.Score(narrow.View, TermWeights.Of(scores.Index, narrow, terms), narrowScores, cancellationToken);
            TensorPrimitives.MultiplyAdd(wideScores, mostWide > 0 ? 1 / mostWide : 0, scores.Fused, wideScores);
            TensorPrimitives.MultiplyAdd(narrowScores, mostNarrow > 0 ? NarrowWeight / mostNarrow : 0, wideScores, wideScores);
            int document = TensorPrimitives.IndexOfMax((ReadOnlySpan<float>)wideScores);
            float score = wideScores[document];
            if (score > 0 && (!best.TryGetValue(document, out var found) || found.Score < score))
                best[document] = (score, sentence);
        }

        ArrayPool<float>.Shared.Return(wideBuffer);
        ArrayPool<float>.Shared.Return(narrowBuffer);
        return [.. best.OrderByDescending(each => each.Value.Score).ThenBy(each => scores.Documents.Skill(each.Key).Id, StringComparer.Ordinal)
            .Select(each => new RankedSkill(each.Key, MatchReason.Sentence, each.Value.Sentence))];
    }
}
