using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Retrieval;

/// <summary>How well each term of a question is matched by each of some nodes: by the term itself, or by a word that means nearly the same.</summary>
internal sealed class TermMatches
{
    // a term that is said once in a text of usual length, and a little more, is there for sure
    private const float Full = 1.5f;

    // two words with that cosine mean nearly the same; what is below is noise
    private const float Similar = 0.5f;

    // and say half of what the word itself says
    private const float SimilarWeight = 0.5f;
    private const int MostSimilar = 20;

    // so many nodes are worth the waking of another thread
    private const int Many = 500;

    private readonly int[] _ids;
    private readonly float[][] _matches;

    private TermMatches(int[] ids, float[][] matches) => (_ids, _matches) = (ids, matches);

    /// <summary>Matches terms with nodes.</summary>
    /// <param name="index">The index.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="ids">The numbers of the nodes, ascending.</param>
    /// <param name="withSimilar">Whether words that mean nearly the same match too.</param>
    public static TermMatches Of(MemoryIndex index, IReadOnlyList<QuestionTerm> terms, int[] ids, bool withSimilar)
    {
        var matches = new float[terms.Count][];
        Shared.For(matches.Length, ids.Length >= Many ? 2 : int.MaxValue, t =>
        {
            float[] found = matches[t] = new float[ids.Length];
            Add(index, terms[t].Number, ids, found, similar: null);
            if (!withSimilar)
                return;
            foreach ((ulong term, float cosine) in SimilarWords.Of(terms[t].Number, Similar, MostSimilar))
                Add(index, term, ids, found, cosine);
        });

        return new TermMatches(ids, matches);
    }

    /// <summary>Gets the place of a node among the nodes, −1 for another one.</summary>
    public int PlaceOf(int id) => id == 0 ? -1 : Math.Max(-1, Array.BinarySearch(_ids, id));

    /// <summary>Gets how well a term is matched at a place, from 0 to 1.</summary>
    public float At(int term, int place) => place < 0 ? 0 : _matches[term][place];

    // both are ascending: the shorter one leads, and the other is searched from where it is
    private static void Add(MemoryIndex index, ulong term, int[] ids, float[] found, float? similar)
    {
        int from = 0;
        foreach (IndexSegment segment in index.Segments)
        {
            (int start, int end) = segment.Postings.Find(term);
            while (from < ids.Length && ids[from] < segment.FirstId)
                from++;
            for (int place = from; place < ids.Length && ids[place] < segment.EndId && start < end; place++)
            {
                int row = ids[place] - segment.FirstId;
                int entry = start = FirstNotBefore(segment.Postings.Rows, start, end, row);
                if (entry == end || segment.Postings.Rows[entry] != row)
                    continue;
                float count = segment.Postings.Counts[entry] / 10f;
                found[place] = Math.Max(found[place], similar is { } cosine ? Weakened(cosine * Math.Min(1, count)) : Exact(index, segment, row, count));
            }
        }
    }

    // in leaps that double, and then in halves: what is near is found at once, and what is far without going there step by step
    private static int FirstNotBefore(int[] rows, int start, int end, int row)
    {
        int leap = 1, from = start;
        while (start < end && rows[start] < row)
        {
            from = start + 1;
            start += leap;
            leap *= 2;
        }

        int to = Math.Min(start, end);
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (rows[middle] < row)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    private static float Weakened(float cosine) => SimilarWeight * Math.Max(0, cosine - Similar) / (1 - Similar);

    private static float Exact(MemoryIndex index, IndexSegment segment, int row, float count)
    {
        bool isSpoken = (segment.Nodes.Flags[row] & NodeFlags.Spoken) != 0;
        float length = segment.Nodes.Lengths[row] / (isSpoken ? index.Lengths.SpokenMean : index.Lengths.WrittenMean);
        float strength = (isSpoken ? Saturation.Spoken : Saturation.Written).Of(count, length) / Full;
        // the word itself is also a word that means the same
        return Math.Max(Math.Min(1, strength), Weakened(Math.Min(1, count)));
    }
}
