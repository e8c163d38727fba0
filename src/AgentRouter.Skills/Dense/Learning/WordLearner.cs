using System.Numerics.Tensors;
using AgentRouter.Language.Matrices;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense.Learning;

/// <summary>Learns vectors of words from a library.</summary>
internal static class WordLearner
{
    /// <summary>The most numbers of a vector. With 300 the vectors added nothing on development data.</summary>
    public const int MostDimensions = 600;

    private const int DocumentsForDimension = 4;
    private const int Seed = 1;

    /// <summary>Learns.</summary>
    /// <param name="segment">The skills.</param>
    /// <param name="leftOut">The documents that do not count: copies.</param>
    /// <param name="view">What is learned from.</param>
    /// <param name="progress">Is told the share of the work that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The words, or <see langword="null"/> when there is too little to learn from.</returns>
    public static LearnedWords? Learn(IndexSegment segment, IReadOnlySet<int> leftOut, DenseView view, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (ulong[] words, float[] rarity) = WordCounts.Choose(segment, leftOut, view.Fields);
        int rank = Math.Min(MostDimensions, (segment.Documents - leftOut.Count) / DocumentsForDimension);
        if (words.Length == 0 || rank == 0)
            return null;
        SparseMatrix counts = WordCounts.ByDocument(segment, words, view.Fields);
        for (int document = 0; document < counts.Rows; document++)
            Weigh(counts.ColumnsOf(document), counts.ValuesOf(document), rarity, isLeftOut: leftOut.Contains(document));
        (DenseMatrix vectors, double[] values) = RightSingularVectors.Of(counts, rank, Seed, progress, cancellationToken);
        return values.Length == 0 ? null : Round(view, words, rarity, vectors, values);
    }

    // a row becomes how much the document says each word times how rare the word is, of length one
    private static void Weigh(ReadOnlySpan<int> words, Span<float> values, float[] rarity, bool isLeftOut)
    {
        for (int i = 0; i < words.Length; i++)
            values[i] *= isLeftOut ? 0 : rarity[words[i]];
        float length = TensorPrimitives.Norm((ReadOnlySpan<float>)values);
        if (length > 0)
            TensorPrimitives.Divide(values, length, values);
    }

    private static LearnedWords Round(DenseView view, ulong[] words, float[] rarity, DenseMatrix vectors, double[] values)
    {
        int stride = Int8Rows.StrideOf(values.Length);
        var rows = new sbyte[checked(words.Length * stride)];
        var weights = new float[words.Length];
        for (int word = 0; word < words.Length; word++)
        {
            Span<float> vector = vectors.Row(word);
            for (int i = 0; i < vector.Length; i++)
                vector[i] /= (float)Math.Sqrt(values[i]);
            weights[word] = rarity[word] * Int8Rows.Round(vector, rows.AsSpan(word * stride, stride));
        }

        return new LearnedWords(view, words, weights, new Int8Rows(rows, values.Length));
    }
}
