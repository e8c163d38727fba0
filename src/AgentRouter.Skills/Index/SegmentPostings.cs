using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index;

/// <summary>A segment made ready for ranking, under the mean lengths of the whole index.</summary>
internal sealed class SegmentPostings
{
    private const int FewDocuments = 256;
    private const int Ranges = 64;

    private SegmentPostings(MeanLengths means, ViewPostings[] views) => (Means, Views) = (means, views);

    /// <summary>Gets the mean lengths that it was computed with.</summary>
    public MeanLengths Means { get; }

    /// <summary>Gets the lists of each view.</summary>
    public IReadOnlyList<ViewPostings> Views { get; }

    /// <summary>Makes a segment ready.</summary>
    public static SegmentPostings Of(IndexSegment segment, RankingRecipe recipe, MeanLengths means)
    {
        int[] fields = [.. recipe.Views.Select(view => view.Fields)];
        int[][] counts = [.. fields.Select(_ => new int[segment.Terms.Length])];
        ForTerms(segment, term => Count(segment.Read(term), fields, term, counts));
        var impacts = new SegmentImpacts(segment, recipe, means);
        ViewPostings[] views = [.. fields.Select((_, view) => new ViewPostings(segment.Documents, counts[view], impacts.Scale(view)))];
        ForTerms(segment, term => Fill(segment.Read(term), fields, term, impacts, views));
        return new SegmentPostings(means, views);
    }

    private static void Count(PostingCursor cursor, int[] fields, int term, int[][] counts)
    {
        Span<int> found = stackalloc int[fields.Length];
        found.Clear();
        while (cursor.MoveNext())
        {
            for (int view = 0; view < fields.Length; view++)
                found[view] += (cursor.Fields & fields[view]) != 0 ? 1 : 0;
        }

        for (int view = 0; view < fields.Length; view++)
            counts[view][term] = found[view];
    }

    private static void Fill(PostingCursor cursor, int[] fields, int term, SegmentImpacts impacts, ViewPostings[] views)
    {
        Span<int> counts = stackalloc int[DocumentTerms.MaxFields];
        Span<int> entries = stackalloc int[views.Length];
        entries.Clear();
        while (cursor.MoveNext(counts))
        {
            for (int view = 0; view < views.Length; view++)
            {
                int common = cursor.Fields & fields[view];
                if (common != 0)
                    views[view].Set(term, entries[view]++, cursor.Document, impacts.Of(view, cursor.Document, common, counts));
            }
        }
    }

    // terms are as good as random numbers, so ranges of them are work alike
    private static void ForTerms(IndexSegment segment, Action<int> action)
    {
        int terms = segment.Terms.Length;
        if (segment.Documents <= FewDocuments)
        {
            for (int term = 0; term < terms; term++)
                action(term);
            return;
        }

        Parallel.For(0, Ranges, range =>
        {
            for (int term = (int)((long)terms * range / Ranges); term < (long)terms * (range + 1) / Ranges; term++)
                action(term);
        });
    }
}
