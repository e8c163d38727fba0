namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>How sure it is that what words alone found answers a question.</summary>
/// <param name="Covered">What share of the question the first nodes hold together, by how rare its words are, from 0 to 1.</param>
/// <param name="Margin">By how much the last node that is given back stands out from the next, as a share of the best score, from 0 to 1; 1 where there is no next.</param>
/// <param name="HasPeriods">Whether the days that the question names are known.</param>
/// <param name="HasVectors">Whether there are vectors to compare the question with.</param>
internal sealed record RecallSureness(float Covered, float Margin, bool HasPeriods, bool HasVectors)
{
    // what answers a question stands among so many, or is not sure
    private const int First = 5;

    // a word that is said once in a text of usual length is there, whatever more of it would add
    private const float Once = 1.5f;

    /// <summary>Measures.</summary>
    /// <param name="ranked">The ranking.</param>
    /// <param name="count">How many nodes are given back.</param>
    /// <param name="hasVectors">Whether there are vectors.</param>
    public static RecallSureness Of(RankedNodes ranked, int count, bool hasVectors)
    {
        IReadOnlyList<QuestionTerm> terms = ranked.Question.Terms;
        int[] first = [.. ranked.Order.Take(First).Select(each => each.Id).Order()];
        TermMatches matches = TermMatches.Of(ranked.Index, terms, first, withSimilar: true);
        float covered = 0, all = 0;
        for (int term = 0; term < terms.Count; term++)
        {
            float best = 0;
            for (int place = 0; place < first.Length; place++)
                best = Math.Max(best, Math.Min(1, Once * matches.At(term, place)));
            covered += terms[term].Weight * best;
            all += terms[term].Weight;
        }

        return new RecallSureness(all == 0 ? 1 : covered / all, MarginAt(ranked.Order, count), ranked.Question.Periods.Count > 0, hasVectors);
    }

    /// <summary>Puts several scopes together: the one that holds most of the question says how sure it is.</summary>
    public static RecallSureness? Of(IEnumerable<RecallSureness?> scopes)
    {
        RecallSureness[] all = [.. scopes.OfType<RecallSureness>()];
        return all.Length == 0 ? null : all.MaxBy(each => each.Covered)! with { HasPeriods = all.Any(each => each.HasPeriods), HasVectors = all.Any(each => each.HasVectors) };
    }

    private static float MarginAt(IReadOnlyList<Ranked> order, int count) =>
        order.Count <= count || order[0].Score <= 0 ? 1 : Math.Clamp((order[count - 1].Score - order[count].Score) / order[0].Score, 0, 1);
}
