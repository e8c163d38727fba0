using System.Buffers;
using System.Numerics.Tensors;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Scores a few documents for many small queries: what a term counts in each of them is looked up once.</summary>
internal sealed class CandidateScores : IDisposable
{
    private readonly QueryScores _scores;
    private readonly int[] _documents;
    // by document: one more than its place among the candidates, or 0
    private readonly int[] _slots;
    private readonly Dictionary<(int View, ulong Term), float[]> _rows = [];

    /// <summary>Prepares the documents.</summary>
    /// <param name="scores">The scores of the whole query.</param>
    /// <param name="documents">The documents.</param>
    public CandidateScores(QueryScores scores, int[] documents)
    {
        (_scores, _documents) = (scores, documents);
        _slots = ArrayPool<int>.Shared.Rent(scores.Documents.Count);
        _slots.AsSpan(0, scores.Documents.Count).Clear();
        for (int slot = 0; slot < documents.Length; slot++)
            _slots[documents[slot]] = slot + 1;
    }

    /// <summary>Scores the documents under one view, as a share of the best of them.</summary>
    /// <param name="view">The view, by its place in the recipe.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="shares">Where the shares are written, in the order of the documents.</param>
    public void Score(int view, IReadOnlyList<TermWeights> terms, Span<float> shares)
    {
        shares.Clear();
        foreach (TermWeights term in terms)
            TensorPrimitives.MultiplyAdd(Row(view, term), term.Weight, shares, shares);
        float most = TensorPrimitives.Max((ReadOnlySpan<float>)shares);
        if (most > 0)
            TensorPrimitives.Multiply(shares, 1 / most, shares);
    }

    /// <summary>Gets what a term counts in each of the documents, under one view; 0 where it does not stand.</summary>
    public ReadOnlySpan<float> Of(int view, TermWeights term) => Row(view, term);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<int>.Shared.Return(_slots);

    private float[] Row(int view, TermWeights term)
    {
        if (_rows.TryGetValue((view, term.Term), out float[]? row))
            return row;
        row = new float[_documents.Length];
        for (int segment = 0; segment < term.Places.Length; segment++)
        {
            if (term.Places[segment] >= 0)
                Fill(row, segment, _scores.Index.Segments[segment].Postings!, view, term.Places[segment]);
        }

        return _rows[(view, term.Term)] = row;
    }

    private void Fill(float[] row, int segment, SegmentPostings postings, int view, int place)
    {
        ref readonly TermPostings list = ref postings.Of(view, place);
        int start = _scores.Documents.StartOf(segment), end = start + _scores.Index.Segments[segment].Skills.Count;
        float scale = postings.Scale(view);
        if (list.IsCommon)
        {
            for (int slot = 0; slot < row.Length; slot++)
            {
                if (_documents[slot] >= start && _documents[slot] < end)
                    row[slot] = list.Impacts[_documents[slot] - start] * scale;
            }

            return;
        }

        ReadOnlySpan<int> documents = list.Documents, slots = _slots.AsSpan(start..end);
        for (int i = 0; i < documents.Length; i++)
        {
            int slot = slots[documents[i]];
            if (slot > 0)
                row[slot - 1] = list.Impacts[i] * scale;
        }
    }
}
