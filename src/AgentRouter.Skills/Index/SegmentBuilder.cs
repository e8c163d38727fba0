using System.Runtime.InteropServices;

namespace AgentRouter.Skills.Index;

/// <summary>Makes a segment of documents: turns their lists of terms into lists of documents.</summary>
internal static class SegmentBuilder
{
    // so many documents at a time: their terms stay in the processor's cache
    private const int Chunk = 2_048;

    /// <summary>Makes the segment, on all processors.</summary>
    /// <param name="documents">The documents, numbered in this order.</param>
    public static IndexSegment Build(IReadOnlyList<DocumentTerms> documents)
    {
        if (documents.Count <= Chunk)
            return BuildChunk([.. documents]);
        DocumentTerms[][] chunks = [.. documents.Chunk(Chunk)];
        var segments = new (IndexSegment, bool[]?)[chunks.Length];
        Parallel.For(0, chunks.Length, i => segments[i] = (BuildChunk(chunks[i]), null));
        return SegmentMerger.Merge(segments);
    }

    private static IndexSegment BuildChunk(DocumentTerms[] documents)
    {
        (ulong[] terms, int[] places) = Terms(documents);
        int[] ends = Ends(documents, places, terms.Length);
        byte[] lists = new byte[ends.Length == 0 ? 0 : ends[^1]];
        int[] next = [0, .. ends[..^Math.Min(1, ends.Length)]], before = Before(terms.Length);
        for (int document = 0, at = 0; document < documents.Length; document++)
        {
            byte[] counts = documents[document].Counts;
            for (int start = 0, end; start < counts.Length; start = end, at++)
            {
                end = PostingCursor.EndOfCounts(counts, start);
                int place = places[at];
                int written = VarInt.Write(lists, next[place], (uint)(document - before[place] - 1));
                counts.AsSpan(start..end).CopyTo(lists.AsSpan(written));
                next[place] = written + end - start;
                before[place] = document;
            }
        }

        return new IndexSegment(terms, ends, lists, [.. documents.SelectMany(document => document.Lengths)]);
    }

    // the terms, ascending, and the place of each term of each document among them
    private static (ulong[] Terms, int[] Places) Terms(DocumentTerms[] documents)
    {
        var seen = new Dictionary<ulong, int>();
        int[] places = new int[documents.Sum(document => document.Terms.Length)];
        int at = 0;
        foreach (DocumentTerms document in documents)
        {
            foreach (ulong term in document.Terms)
            {
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, term, out bool isKnown);
                if (!isKnown)
                    number = seen.Count - 1;
                places[at++] = number;
            }
        }

        ulong[] terms = [.. seen.Keys];
        int[] numbers = [.. Enumerable.Range(0, terms.Length)];
        Array.Sort(terms, numbers);
        int[] placeOf = new int[numbers.Length];
        for (int place = 0; place < numbers.Length; place++)
            placeOf[numbers[place]] = place;
        for (int i = 0; i < places.Length; i++)
            places[i] = placeOf[places[i]];
        return (terms, places);
    }

    private static int[] Ends(DocumentTerms[] documents, int[] places, int terms)
    {
        int[] ends = new int[terms], before = Before(terms);
        for (int document = 0, at = 0; document < documents.Length; document++)
        {
            byte[] counts = documents[document].Counts;
            for (int start = 0, end; start < counts.Length; start = end, at++)
            {
                end = PostingCursor.EndOfCounts(counts, start);
                int place = places[at];
                ends[place] += VarInt.Length((uint)(document - before[place] - 1)) + end - start;
                before[place] = document;
            }
        }

        for (int i = 1; i < ends.Length; i++)
            ends[i] = checked(ends[i] + ends[i - 1]);
        return ends;
    }

    private static int[] Before(int terms)
    {
        int[] before = new int[terms];
        Array.Fill(before, -1);
        return before;
    }
}
