using AgentRouter.Language.Matrices;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense.Learning;

/// <summary>Reads from a segment how much each document says each word.</summary>
internal static class WordCounts
{
    private const int FewestDocuments = 4;
    private const double MostDocuments = 0.3;

    /// <summary>Chooses the words that are worth a vector: those that stand in a few documents at least, and not in every third.</summary>
    /// <param name="segment">The documents.</param>
    /// <param name="leftOut">The documents that do not count.</param>
    /// <param name="fields">What an occurrence in each field counts.</param>
    /// <returns>The terms, ascending, and how rare each is: the logarithm of all documents by those that have it.</returns>
    public static (ulong[] Words, float[] Rarity) Choose(IndexSegment segment, IReadOnlySet<int> leftOut, IReadOnlyList<double> fields)
    {
        var words = new List<ulong>();
        var rarity = new List<float>();
        int all = segment.Documents - leftOut.Count;
        Span<int> counts = stackalloc int[DocumentTerms.MaxFields];
        for (int term = 0; term < segment.Terms.Length; term++)
        {
            int documents = 0;
            PostingCursor cursor = segment.Read(term);
            while (cursor.MoveNext(counts))
                documents += Weight(cursor.Fields, counts, fields) > 0 && !leftOut.Contains(cursor.Document) ? 1 : 0;
            if (documents < FewestDocuments || documents >= all * MostDocuments)
                continue;
            words.Add(segment.Terms[term]);
            rarity.Add(MathF.Log((float)all / documents));
        }

        return ([.. words], [.. rarity]);
    }

    /// <summary>Reads how much each document says each word: one and the logarithm of the weighted count.</summary>
    /// <param name="segment">The documents.</param>
    /// <param name="words">The words, ascending.</param>
    /// <param name="fields">What an occurrence in each field counts.</param>
    /// <returns>A row for each document, a column for each word.</returns>
    public static SparseMatrix ByDocument(IndexSegment segment, ReadOnlySpan<ulong> words, IReadOnlyList<double> fields)
    {
        var known = new List<(int Term, int Word)>();
        for (int term = 0; term < segment.Terms.Length; term++)
        {
            int word = words.BinarySearch(segment.Terms[term]);
            if (word >= 0)
                known.Add((term, word));
        }

        var starts = new int[segment.Documents + 1];
        Span<int> counts = stackalloc int[DocumentTerms.MaxFields];
        foreach ((int term, _) in known)
        {
            PostingCursor cursor = segment.Read(term);
            while (cursor.MoveNext(counts))
                starts[cursor.Document + 1] += Weight(cursor.Fields, counts, fields) > 0 ? 1 : 0;
        }

        for (int document = 1; document < starts.Length; document++)
            starts[document] = checked(starts[document] + starts[document - 1]);
        // filled from their starts on, the rows end where the next ones start
        var columns = new int[starts[^1]];
        var values = new float[columns.Length];
        int[] ends = starts[..^1];
        foreach ((int term, int word) in known)
        {
            PostingCursor cursor = segment.Read(term);
            while (cursor.MoveNext(counts))
            {
                double weight = Weight(cursor.Fields, counts, fields);
                if (weight <= 0)
                    continue;
                int entry = ends[cursor.Document]++;
                (columns[entry], values[entry]) = (word, 1 + MathF.Log((float)weight));
            }
        }

        return new SparseMatrix(ends, columns, values, words.Length);
    }

    private static double Weight(int marked, ReadOnlySpan<int> counts, IReadOnlyList<double> fields)
    {
        double weight = 0;
        for (int field = 0; field < fields.Count; field++)
            weight += (marked >> field & 1) * fields[field] * counts[field];
        return weight;
    }
}
