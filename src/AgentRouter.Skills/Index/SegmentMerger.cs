namespace AgentRouter.Skills.Index;

/// <summary>Puts segments together, and leaves out the documents that are gone.</summary>
internal static class SegmentMerger
{
    /// <summary>Puts segments together.</summary>
    /// <param name="segments">The segments, each with a mark for the documents that are left out, or none.</param>
    public static IndexSegment Merge((IndexSegment Segment, bool[]? LeftOut)[] segments)
    {
        int documents = 0;
        int[][] numbers = Array.ConvertAll(segments, part => Numbers(part.Segment.Documents, part.LeftOut, ref documents));
        var terms = new List<ulong>();
        var ends = new List<int>();
        byte[] lists = new byte[segments.Sum(part => part.Segment.Lists.Length) + VarInt.MaxLength * segments.Sum(part => part.Segment.Terms.Length)];
        int[] next = new int[segments.Length];
        int length = 0;
        while (Lowest(segments, next) is { } term)
        {
            int start = length, before = -1;
            for (int s = 0; s < next.Length; s++)
            {
                if (next[s] < segments[s].Segment.Terms.Length && segments[s].Segment.Terms[next[s]] == term)
                    length = Append(segments[s].Segment.Read(next[s]++), numbers[s], lists, length, ref before);
            }

            if (length == start)
                continue;
            terms.Add(term);
            ends.Add(length);
        }

        return new IndexSegment([.. terms], [.. ends], lists[..length], Lengths(segments, documents));
    }

    private static int[] Numbers(int documents, bool[]? leftOut, ref int next)
    {
        int[] numbers = new int[documents];
        for (int document = 0; document < documents; document++)
            numbers[document] = leftOut?[document] == true ? -1 : next++;
        return numbers;
    }

    private static ulong? Lowest((IndexSegment Segment, bool[]? LeftOut)[] segments, int[] next)
    {
        ulong? lowest = null;
        for (int s = 0; s < next.Length; s++)
        {
            ReadOnlySpan<ulong> terms = segments[s].Segment.Terms;
            if (next[s] < terms.Length && (lowest is null || terms[next[s]] < lowest))
                lowest = terms[next[s]];
        }

        return lowest;
    }

    private static int Append(PostingCursor cursor, int[] numbers, byte[] lists, int at, ref int before)
    {
        while (cursor.MoveNext())
        {
            int document = numbers[cursor.Document];
            if (document < 0)
                continue;
            at = VarInt.Write(lists, at, (uint)(document - before - 1));
            cursor.Counts.CopyTo(lists.AsSpan(at));
            at += cursor.Counts.Length;
            before = document;
        }

        return at;
    }

    private static int[] Lengths((IndexSegment Segment, bool[]? LeftOut)[] segments, int documents)
    {
        var lengths = new List<int>(documents * DocumentTerms.MaxFields);
        foreach ((IndexSegment segment, bool[]? leftOut) in segments)
        {
            for (int document = 0; document < segment.Documents; document++)
            {
                if (leftOut?[document] != true)
                    lengths.AddRange(segment.LengthsOf(document));
            }
        }

        return [.. lengths];
    }
}
