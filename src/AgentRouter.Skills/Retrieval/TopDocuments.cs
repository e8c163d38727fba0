namespace AgentRouter.Skills.Retrieval;

/// <summary>Finds the best documents of all.</summary>
internal static class TopDocuments
{
    /// <summary>Finds the documents with the highest scores above 0, the best first; where they are equal, by the skill's id.</summary>
    /// <param name="scores">The score of each document.</param>
    /// <param name="most">The most documents.</param>
    /// <param name="documents">The documents.</param>
    public static int[] Of(ReadOnlySpan<float> scores, int most, DocumentNumbers documents)
    {
        var heap = new PriorityQueue<int, float>(most + 1);
        float least = 0;
        for (int document = 0; document < scores.Length; document++)
        {
            if (scores[document] <= least)
                continue;
            if (heap.Count < most)
                heap.Enqueue(document, scores[document]);
            else
                heap.EnqueueDequeue(document, scores[document]);
            if (heap.Count == most && heap.TryPeek(out _, out float lowest))
                least = lowest;
        }

        var found = new (int Document, float Score)[heap.Count];
        for (int i = 0; i < found.Length && heap.TryDequeue(out int document, out float score); i++)
            found[i] = (document, score);
        Array.Sort(found, (left, right) => left.Score != right.Score
            ? right.Score.CompareTo(left.Score)
            : string.CompareOrdinal(documents.Skill(left.Document).Id, documents.Skill(right.Document).Id));
        return Array.ConvertAll(found, each => each.Document);
    }
}
