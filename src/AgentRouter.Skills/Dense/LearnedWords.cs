using AgentRouter.Language.Matrices;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Dense.Learning;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Dense;

/// <summary>A space that was learned from the library itself: each word has a vector, and skills and queries are the sums of their words'.</summary>
/// <remarks>
/// Latent semantic analysis (S. Deerwester et al., "Indexing by latent semantic analysis", 1990): with the matrix of skills by words
/// <c>U S Vᵀ</c> a skill is its row of <c>U √S</c>, and a text of words <c>x</c> is <c>x V / √S</c>, which for the skills that were learned
/// from is the same. So one table of <c>V / √S</c> serves skills, skills that come later, and queries.
/// </remarks>
internal sealed class LearnedWords : VectorSpace
{
    private readonly ulong[] _words;
    private readonly float[] _weights;
    private readonly Int8Rows _rows;

    /// <summary>Makes a space of its parts, as they are in a file.</summary>
    /// <param name="view">What was learned from.</param>
    /// <param name="words">The terms, ascending.</param>
    /// <param name="weights">What each word's vector is to be multiplied with: how rare the word is, times what its rounding took away.</param>
    /// <param name="rows">The vectors of the words.</param>
    public LearnedWords(DenseView view, ulong[] words, float[] weights, Int8Rows rows) => (View, _words, _weights, _rows) = (view, words, weights, rows);

    /// <inheritdoc/>
    public override int Dimensions => _rows.Dimensions;

    /// <summary>Gets what was learned from.</summary>
    public DenseView View { get; }

    /// <summary>Gets the terms, ascending.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Gets what each word's vector is to be multiplied with.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Gets the vectors of the words.</summary>
    public Int8Rows Rows => _rows;

    /// <summary>Gets the number of documents that have come or gone since it was learned.</summary>
    public int ChangedSince { get; init; }

    /// <inheritdoc/>
    public override SegmentVectors VectorsOf(IndexSegment segment, IReadOnlyList<NewSkill> skills) => VectorsOf(segment);

    /// <summary>Makes the vectors of documents.</summary>
    public SegmentVectors VectorsOf(IndexSegment segment)
    {
        SparseMatrix counts = WordCounts.ByDocument(segment, _words, View.Fields);
        var values = new sbyte[checked(segment.Documents * _rows.Stride)];
        ParallelRanges.Run(segment.Documents, (start, end) =>
        {
            var sum = new float[_rows.Stride];
            for (int document = start; document < end; document++)
            {
                Array.Clear(sum);
                ReadOnlySpan<int> words = counts.ColumnsOf(document);
                ReadOnlySpan<float> said = counts.ValuesOf(document);
                for (int i = 0; i < words.Length; i++)
                    Int8Scan.Add(_rows[words[i]], _weights[words[i]] * said[i], sum);
                Int8Rows.Round(sum, values.AsSpan(document * _rows.Stride, _rows.Stride));
            }
        });
        return new SegmentVectors(new Int8Rows(values, Dimensions));
    }

    /// <inheritdoc/>
    public override Int8Rows? VectorOf(string query)
    {
        var sum = new float[_rows.Stride];
        bool isKnown = false;
        foreach (QueryTerm term in View.Stems.SelectMany(kind => QueryTerms.Of(query, kind)))
        {
            int word = _words.AsSpan().BinarySearch(term.Term);
            if (word < 0)
                continue;
            Int8Scan.Add(_rows[word], _weights[word] * (float)term.Weight(DenseView.Alpha), sum);
            isKnown = true;
        }

        return isKnown ? Int8Rows.Of(sum.AsSpan(0, Dimensions)) : null;
    }

    /// <inheritdoc/>
    public override VectorSpace Changed(int documents) => new LearnedWords(View, _words, _weights, _rows) { ChangedSince = ChangedSince + documents };
}
