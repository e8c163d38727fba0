using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Chooses from what was found what is given back: the best, without near copies, and as much as fits.</summary>
internal static class RecallSelection
{
    /// <summary>Puts what was found in several scopes in one order, and chooses.</summary>
    /// <param name="found">What was found in each.</param>
    /// <param name="question">The question.</param>
    /// <param name="parts">The parts of the ranking.</param>
    public static MemoryRecall Merge(IReadOnlyList<MemoryRecall> found, MemoryQuestion question, RankingParts parts = RankingParts.All)
    {
        IReadOnlyList<RecalledItem> items = Choose(found.SelectMany(recall => recall.Items).OrderByDescending(item => item.Score), question, out int tooLong, parts);
        return new MemoryRecall
        {
            Items = items,
            Intent = found.Aggregate(MemoryIntent.Plain, (intent, recall) => intent | recall.Intent),
            Unseen = found.Sum(recall => recall.Unseen),
            TooLong = tooLong,
            Sureness = RecallSureness.Of(found.Select(recall => recall.Sureness)),
        };
    }

    /// <inheritdoc cref="Choose(IEnumerable{RecalledItem}, MemoryQuestion, out int, RankingParts)"/>
    public static IReadOnlyList<RecalledItem> Choose(IEnumerable<RecalledItem> items, MemoryQuestion question) => Choose(items, question, out _);

    /// <summary>Chooses from what stands in an order.</summary>
    /// <param name="items">What was found, the best first.</param>
    /// <param name="question">The question.</param>
    /// <param name="tooLong">How many did not fit.</param>
    /// <param name="parts">The parts of the ranking.</param>
    public static IReadOnlyList<RecalledItem> Choose(IEnumerable<RecalledItem> items, MemoryQuestion question, out int tooLong, RankingParts parts = RankingParts.All)
    {
        tooLong = 0;
        var chosen = new List<RecalledItem>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int left = question.MaxTokens ?? int.MaxValue;
        foreach (RecalledItem item in items)
        {
            if (chosen.Count == question.MaxItems)
                break;
            int tokens = TokensOf(item);
            if (parts.HasFlag(RankingParts.Selection) && !seen.Add(item.Node.Speaker + "\n" + item.Node.Text.Trim()))
                continue;
            // what is too long leaves its place to what is behind it
            if (tokens > left)
            {
                tooLong++;
                continue;
            }

            chosen.Add(item);
            left -= question.MaxTokens is null ? 0 : tokens;
        }

        return chosen;
    }

    // about four characters a token, and what its source and time take
    internal static int TokensOf(RecalledItem item) => 12 + ((item.Node.Text.Length + (item.Node.Attachment?.Length ?? 0)) / 4);
}
