using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AgentRouter.Skills.Index;

/// <summary>What each term counts in each document under one view.</summary>
/// <remarks>
/// An own structure and not SQLite's FTS5, since a task of a thousand characters has seventy words, of which thirty stand in every eighth
/// document or more: that is a million entries among 80,000 documents, which a full-text engine reads row by row and hands to a ranking
/// function one by one. Here an entry is a sixteen-bit impact, what the occurrences are worth instead of how many they are (V. N. Anh,
/// A. Moffat, "Pruned query evaluation using pre-computed impacts", 2006). Rare terms have the numbers of their documents beside the impacts;
/// common ones have an impact for every document in order, zero where they do not stand, which is added up in vectors without looking.
/// </remarks>
internal sealed class ViewPostings
{
    /// <summary>A term is common that stands in one of so many documents.</summary>
    private const int CommonShare = 8;

    /// <summary>In fewer documents no term is common.</summary>
    private const int FewDocuments = 1_024;

    private const int Block = 4_096;

    private readonly int _all;
    private readonly int[] _counts;
    // where a rare term's entries begin; of a common one the complement of its place among the common ones
    private readonly int[] _starts;
    private readonly int[] _documents;
    private readonly ushort[] _impacts;
    private readonly ushort[] _common;

    /// <summary>Makes empty lists of known lengths.</summary>
    /// <param name="documents">The number of documents.</param>
    /// <param name="counts">In how many of them each term stands.</param>
    /// <param name="scale">What an impact of one counts.</param>
    public ViewPostings(int documents, int[] counts, float scale)
    {
        (_all, _counts, Scale) = (documents, counts, scale);
        _starts = new int[counts.Length];
        int rare = 0, common = 0;
        for (int term = 0; term < counts.Length; term++)
        {
            bool isCommon = documents >= FewDocuments && counts[term] > documents / CommonShare;
            _starts[term] = isCommon ? ~common++ : rare;
            rare += isCommon ? 0 : counts[term];
        }

        _documents = GC.AllocateUninitializedArray<int>(rare);
        _impacts = GC.AllocateUninitializedArray<ushort>(rare);
        _common = new ushort[checked(common * documents)];
    }

    /// <summary>Gets what an impact of one counts.</summary>
    public float Scale { get; }

    /// <summary>Sets an entry of a term's list.</summary>
    /// <param name="term">The term, by its place in the segment.</param>
    /// <param name="entry">The entry, from 0; in the order of the documents.</param>
    /// <param name="document">The document.</param>
    /// <param name="impact">What the term counts in it; not 0.</param>
    public void Set(int term, int entry, int document, ushort impact)
    {
        int start = _starts[term];
        if (start < 0)
        {
            _common[~start * _all + document] = impact;
            return;
        }

        _documents[start + entry] = document;
        _impacts[start + entry] = impact;
    }

    /// <summary>Gets the number of documents that have a term in a field of the view.</summary>
    /// <param name="term">The term, by its place in the segment.</param>
    /// <param name="leftOut">The documents that do not count.</param>
    public int Documents(int term, ReadOnlySpan<int> leftOut)
    {
        int count = _counts[term];
        foreach (int document in leftOut)
            count -= Impact(term, document) > 0 ? 1 : 0;
        return count;
    }

    /// <summary>Adds what terms count to the score of every document that has them.</summary>
    /// <param name="terms">The terms, by their place in the segment, and what they weigh in the query.</param>
    /// <param name="scores">The scores, one for each document of the segment.</param>
    public void Add(IReadOnlyList<(int Term, float Weight)> terms, Span<float> scores)
    {
        var common = new List<(int Start, float Weight)>(terms.Count);
        foreach ((int term, float weight) in terms)
        {
            if (_starts[term] < 0)
                common.Add((~_starts[term] * _all, weight * Scale));
            else
                AddRare(_starts[term], _counts[term], weight * Scale, scores);
        }

        // a block of scores stays in the processor's first cache while all common terms are added to it
        for (int block = 0; block < _all; block += Block)
        {
            int length = Math.Min(Block, _all - block);
            foreach ((int start, float weight) in common)
                AddAll(_common.AsSpan(start + block, length), weight, scores.Slice(block, length));
        }
    }

    /// <summary>Gets what a term counts in a document; 0 where it does not stand.</summary>
    public float Impact(int term, int document)
    {
        int start = _starts[term];
        if (start < 0)
            return _common[~start * _all + document] * Scale;
        int at = _documents.AsSpan(start, _counts[term]).BinarySearch(document);
        return at < 0 ? 0 : _impacts[start + at] * Scale;
    }

    private void AddRare(int start, int count, float weight, Span<float> scores)
    {
        ReadOnlySpan<int> documents = _documents.AsSpan(start, count);
        ReadOnlySpan<ushort> impacts = _impacts.AsSpan(start, documents.Length);
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
