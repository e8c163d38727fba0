namespace AgentRouter.Statistics;

/// <summary>The area under the ROC curve: how likely a score is to put a case of one kind above a case of the other. 0.5 is chance.</summary>
internal static class RocArea
{
    /// <summary>Computes the area; ties count half.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="isPositive">What each case is.</param>
    /// <param name="draw">The indexes of the cases to look at, repeated or not; all when not given.</param>
    /// <returns>The area; not a number where all cases are of one kind.</returns>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive, int[]? draw = null)
    {
        int[] order = draw is null ? [.. Enumerable.Range(0, scores.Count)] : [.. draw];
        Array.Sort(order, (left, right) => scores[left].CompareTo(scores[right]));
        double rankSum = 0;
        long positives = 0;
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start;
            while (end < order.Length && scores[order[end]] == scores[order[start]])
                end++;
            int hits = 0;
            for (int i = start; i < end; i++)
                hits += isPositive[order[i]] ? 1 : 0;
            // all that are tied have the mean of their ranks
            rankSum += hits * (start + end + 1) / 2.0;
            positives += hits;
        }

        long negatives = order.Length - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
