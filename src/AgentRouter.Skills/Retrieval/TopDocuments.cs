using System.Numerics.Tensors;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Finds the best documents of all.</summary>
internal static class TopDocuments
{
    private const int Block = 64;

    /// <summary>Finds the documents with the highest scores above 0, the best first; where they are equal, by the skill's id.</summary>
    /// <param name="scores">The score of each document.</param>
    /// <param name="most">The most documents.</param>
    /// <param name="documents">The documents.</param>
    public static int[] Of(ReadOnlySpan<float> scores, int most, DocumentNumbers documents)
    {
        var heap = new PriorityQueue<int, float>(most + 1);
        float least = 0;
        for (int block = 0; block < scores.Length; block += Block)
        {
            ReadOnlySpan<float> some = scores[block..Math.Min(block + Block, scores.Length)];
            // most blocks have nothing better than what is there already
            if (TensorPrimitives.Max(some) <= least)
                continue;
            for (int i = 0; i < some.Length; i++)
            {
                if (some[i] <= least)
                    continue;
                if (heap.Count < most)
                    heap.Enqueue(block + i, some[i]);
                else
                    heap.EnqueueDequeue(block + i, some[i]);
                if (heap.Count == most && heap.TryPeek(out _, out float lowest))
                    least = lowest;
            }
        }

        var found = new (int Document, float Score)[heap.Count];
        for (int i = 0; i < found.Length && heap.TryDequeue(out int document, out float score); i++)
            found[i] = (document, score);
        Array.Sort(found, (left, right) => left.Score != right.Score
            ? right.Score.CompareTo(left.Score)
            : documents.CompareIds(left.Document, right.Document));
        return Array.ConvertAll(found, each => each.Document);
    }
}
