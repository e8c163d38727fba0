namespace AgentRouter.Memory.Retrieval;

/// <summary>Finds the best of many without sorting all.</summary>
internal static class TopNodes
{
    /// <summary>Finds the nodes with the highest scores.</summary>
    /// <param name="ids">The nodes.</param>
    /// <param name="score">The score of a node.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>The nodes, the best first; of equal ones the lower number first.</returns>
    public static IReadOnlyList<int> Of(ReadOnlySpan<int> ids, Func<int, float> score, int count)
    {
        // the worst of the best on top; of equal ones the higher number is worse
        var best = new PriorityQueue<int, (float Score, int Order)>(count + 1);
        float least = float.NegativeInfinity;
        foreach (int id in ids)
        {
            (float Score, int) rank = (score(id), -id);
            if (best.Count < count)
                best.Enqueue(id, rank);
            else if (rank.Score >= least)
                best.EnqueueDequeue(id, rank);
            else
                continue;
            if (best.Count == count && best.TryPeek(out _, out (float Score, int) worst))
                least = worst.Score;
        }

        var sorted = new int[best.Count];
        for (int i = sorted.Length - 1; i >= 0; i--)
            sorted[i] = best.Dequeue();
        return sorted;
    }
}
