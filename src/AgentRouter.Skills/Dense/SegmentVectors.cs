using System.Buffers;
using System.Numerics.Tensors;
using AgentRouter.Language.Vectors;

namespace AgentRouter.Skills.Dense;

/// <summary>The vectors of a segment's documents: one of each, or several for its parts. Never changes.</summary>
internal sealed class SegmentVectors
{
    private readonly int[]? _ends;

    /// <summary>Makes the vectors of their parts, as they are in a file.</summary>
    /// <param name="rows">The vectors, by document.</param>
    /// <param name="ends">Where the vectors of each document end; <see langword="null"/> when each has one.</param>
    public SegmentVectors(Int8Rows rows, int[]? ends = null) => (Rows, _ends) = (rows, ends);

    /// <summary>Gets the vectors.</summary>
    public Int8Rows Rows { get; }

    /// <summary>Gets where the vectors of each document end; nothing when each has one.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>Gets the number of documents.</summary>
    public int Documents => _ends?.Length ?? Rows.Count;

    /// <summary>Computes how near each document is to a query: the cosine of its nearest vector, 0 where it has none.</summary>
    public void Compare(Int8Rows query, Span<float> cosines)
    {
        if (_ends is null)
        {
            Int8Scan.Cosines(Rows, query, cosines);
            return;
        }

        float[] all = ArrayPool<float>.Shared.Rent(Rows.Count);
        Int8Scan.Cosines(Rows, query, all);
        for (int document = 0, start = 0; document < _ends.Length; start = _ends[document++])
            cosines[document] = start == _ends[document] ? 0 : TensorPrimitives.Max<float>(all.AsSpan(start.._ends[document]));
        ArrayPool<float>.Shared.Return(all);
    }

    /// <summary>Puts the vectors of segments together, and leaves out the documents that are gone.</summary>
    /// <param name="segments">The vectors, all of the same space, each with a mark for the documents that are left out, or none.</param>
    public static SegmentVectors Merge(IReadOnlyList<(SegmentVectors Vectors, bool[]? LeftOut)> segments)
    {
        var values = new List<sbyte>(segments.Sum(segment => segment.Vectors.Rows.Values.Length));
        var ends = new List<int>();
        bool hasSeveral = segments.Any(segment => segment.Vectors._ends is not null);
        Int8Rows any = segments[0].Vectors.Rows;
        foreach ((SegmentVectors vectors, bool[]? leftOut) in segments)
        {
            for (int document = 0, start = 0; document < vectors.Documents; document++)
            {
                int end = vectors._ends?[document] ?? start + 1;
                if (leftOut?[document] != true)
                {
                    values.AddRange(vectors.Rows.Values[(start * any.Stride)..(end * any.Stride)]);
                    ends.Add(values.Count / any.Stride);
                }

                start = end;
            }
        }

        return new SegmentVectors(new Int8Rows([.. values], any.Dimensions), hasSeveral ? [.. ends] : null);
    }
}
