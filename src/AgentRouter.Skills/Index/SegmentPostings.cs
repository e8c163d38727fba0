using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index;

/// <summary>A segment as it is ranked, under the mean lengths of the whole index. Safe for any number of threads.</summary>
/// <remarks>
/// A term's lists are made when it is first asked for, and kept: tasks use few of a library's words, and the same ones again and again. So
/// an index is ready as soon as it is read, and holds no more than what was searched for.
/// </remarks>
internal sealed class SegmentPostings
{
    private const int Block = 4_096;

    private readonly IndexSegment _segment;
    private readonly SegmentImpacts _impacts;
    private readonly int[] _fields;
    // by term, then by view
    private readonly TermPostings[]?[] _lists;

    /// <summary>Makes a segment ready.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="recipe">The views.</param>
    /// <param name="means">The mean lengths of their parts.</param>
    public SegmentPostings(IndexSegment segment, RankingRecipe recipe, MeanLengths means)
    {
        (_segment, _impacts, Means) = (segment, new SegmentImpacts(segment, recipe, means), means);
        _fields = [.. recipe.Views.Select(view => view.Fields)];
        _lists = new TermPostings[segment.Terms.Length][];
    }

    /// <summary>Gets the mean lengths that the impacts are computed with.</summary>
    public MeanLengths Means { get; }

    /// <summary>Gets what an impact of one counts under a view.</summary>
    public float Scale(int view) => _impacts.Scale(view);

    /// <summary>Gets a term's list under a view.</summary>
    /// <param name="view">The view, by its place in the recipe.</param>
    /// <param name="term">The term, by its place in the segment.</param>
    public ref readonly TermPostings Of(int view, int term) => ref (Volatile.Read(ref _lists[term]) ?? Make(term))[view];

    /// <summary>Gets the number of documents that have a term in a field of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="term">The term.</param>
    /// <param name="leftOut">The documents that do not count.</param>
    public int Documents(int view, int term, ReadOnlySpan<int> leftOut)
    {
        ref readonly TermPostings list = ref Of(view, term);
        int count = list.Count;
        foreach (int document in leftOut)
            count -= list.ImpactIn(document) > 0 ? 1 : 0;
        return count;
    }

    /// <summary>Gets what a term counts in a document under a view; 0 where it does not stand.</summary>
    public float Impact(int view, int term, int document) => Of(view, term).ImpactIn(document) * Scale(view);

    /// <summary>Adds what terms count under a view to the score of every document that has them.</summary>
    /// <param name="view">The view.</param>
    /// <param name="terms">The terms, and what they weigh in the query.</param>
    /// <param name="scores">The scores, one for each document of the segment.</param>
    public void Add(int view, IReadOnlyList<(int Term, float Weight)> terms, Span<float> scores)
    {
        float scale = Scale(view);
        var common = new List<(int Term, float Weight)>(terms.Count);
        foreach ((int term, float weight) in terms)
        {
            ref readonly TermPostings list = ref Of(view, term);
            if (list.IsCommon)
                common.Add((term, weight * scale));
            else
                AddRare(list, weight * scale, scores);
        }

        // a block of scores stays in the processor's first cache while all common terms are added to it
        for (int block = 0; block < scores.Length; block += Block)
        {
            int length = Math.Min(Block, scores.Length - block);
            foreach ((int term, float weight) in common)
                AddAll(Of(view, term).Impacts.Slice(block, length), weight, scores.Slice(block, length));
        }
    }

    // two threads may make the same lists; either will do
    private TermPostings[] Make(int term)
    {
        Span<int> counts = stackalloc int[_fields.Length];
        counts.Clear();
        for (PostingCursor cursor = _segment.Read(term); cursor.MoveNext();)
        {
            for (int view = 0; view < counts.Length; view++)
                counts[view] += (cursor.Fields & _fields[view]) != 0 ? 1 : 0;
        }

        var lists = new TermPostings[_fields.Length];
        for (int view = 0; view < lists.Length; view++)
            lists[view] = new TermPostings(_segment.Documents, counts[view]);
        Fill(_segment.Read(term), lists);
        Volatile.Write(ref _lists[term], lists);
        return lists;
    }

    private void Fill(PostingCursor cursor, TermPostings[] lists)
    {
        Span<int> counts = stackalloc int[DocumentTerms.MaxFields];
        Span<int> entries = stackalloc int[lists.Length];
        entries.Clear();
        while (cursor.MoveNext(counts))
        {
            for (int view = 0; view < lists.Length; view++)
            {
                int fields = cursor.Fields & _fields[view];
                if (fields != 0)
                    lists[view].Set(entries[view]++, cursor.Document, _impacts.Of(view, cursor.Document, fields, counts));
            }
        }
    }

    private static void AddRare(in TermPostings list, float weight, Span<float> scores)
    {
        ReadOnlySpan<int> documents = list.Documents;
        ReadOnlySpan<ushort> impacts = list.Impacts[..documents.Length];
        for (int i = 0; i < documents.Length; i++)
            scores[documents[i]] += weight * impacts[i];
    }

    private static void AddAll(ReadOnlySpan<ushort> impacts, float weight, Span<float> scores)
    {
        ref ushort from = ref MemoryMarshal.GetReference(impacts);
        ref float to = ref MemoryMarshal.GetReference(scores[..impacts.Length]);
        var weights = new Vector<float>(weight);
        int at = 0;
        for (; at <= impacts.Length - Vector<ushort>.Count; at += Vector<ushort>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)at), out Vector<uint> low, out Vector<uint> high);
            ref float second = ref Unsafe.Add(ref to, at + Vector<float>.Count);
            (Vector.LoadUnsafe(ref to, (nuint)at) + Vector.ConvertToSingle(Vector.AsVectorInt32(low)) * weights).StoreUnsafe(ref to, (nuint)at);
            (Vector.LoadUnsafe(ref second) + Vector.ConvertToSingle(Vector.AsVectorInt32(high)) * weights).StoreUnsafe(ref second);
        }

        for (; at < impacts.Length; at++)
            scores[at] += impacts[at] * weight;
    }
}
