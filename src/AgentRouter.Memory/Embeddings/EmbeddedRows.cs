using System.Buffers;
using System.Numerics.Tensors;
using AgentRouter.Language.Vectors;

namespace AgentRouter.Memory.Embeddings;

/// <summary>The vectors of nodes of one sort, less what all of them share, to be compared with a question. Never changes.</summary>
/// <remarks>Models of sentences put all texts into one corner, so that everything is near everything; what is left without the common direction tells texts apart, as it
/// does for sums of word vectors (S. Arora et al., "A simple but tough-to-beat baseline for sentence embeddings", 2017).</remarks>
internal sealed class EmbeddedRows
{
    /// <summary>So many vectors say what all have in common; those that come later are measured from there too.</summary>
    public const int Sample = 2_000;

    // a few texts do not say what is common to all
    private const int Doubt = 10;

    private readonly Int8Rows _rows;
    private readonly float[] _common;

    private EmbeddedRows(int[] ids, Int8Rows rows, float[] common) => (Ids, _rows, _common) = (ids, rows, common);

    /// <summary>Gets rows of nothing.</summary>
    public static EmbeddedRows None { get; } = new([], new Int8Rows([], 1), []);

    /// <summary>Gets the nodes, ascending.</summary>
    public int[] Ids { get; }

    /// <summary>Gets a value indicating whether more can be added without measuring anew.</summary>
    public bool IsSettled => Ids.Length >= Sample;

    /// <summary>Finds the row of a node, below 0 where it has none.</summary>
    public int RowOf(int id) => Array.BinarySearch(Ids, id);

    /// <summary>Compares all with a vector.</summary>
    /// <param name="vector">A vector of length one.</param>
    /// <returns>The cosine for each row; nothing where the vector is of other dimensions.</returns>
    public float[] Compare(ReadOnlySpan<float> vector)
    {
        if (vector.Length != _common.Length || Ids.Length == 0)
            return [];
        var wanted = new float[vector.Length];
        TensorPrimitives.Subtract(vector, _common, wanted);
        var cosines = new float[Ids.Length];
        Int8Scan.Cosines(_rows, Int8Rows.Of(wanted), cosines);
        return cosines;
    }

    /// <summary>Makes the same without some nodes.</summary>
    public EmbeddedRows Where(Func<int, bool> stays)
    {
        int[] rows = [.. Enumerable.Range(0, Ids.Length).Where(row => stays(Ids[row]))];
        if (rows.Length == Ids.Length)
            return this;
        var values = new sbyte[rows.Length * _rows.Stride];
        for (int i = 0; i < rows.Length; i++)
            _rows[rows[i]].CopyTo(values.AsSpan(i * _rows.Stride));
        return new EmbeddedRows([.. rows.Select(row => Ids[row])], new Int8Rows(values, _rows.Dimensions), _common);
    }

    /// <summary>Collects rows. Used once.</summary>
    internal sealed class Builder
    {
        private readonly List<int> _ids = [];
        private readonly List<ReadOnlyMemory<float>> _waiting = [];
        private readonly ArrayBufferWriter<sbyte> _values = new();
        private readonly EmbeddedRows? _before;
        private float[]? _common;

        /// <summary>Begins.</summary>
        /// <param name="before">Rows that stay, settled; <see langword="null"/> for none.</param>
        public Builder(EmbeddedRows? before = null) => (_before, _common) = (before, before?._common);

        /// <summary>Adds a vector; of a node with a higher number than all before.</summary>
        public void Add(int id, ReadOnlyMemory<float> vector)
        {
            _ids.Add(id);
            if (_common is not null)
            {
                Write(vector.Span);
                return;
            }

            _waiting.Add(vector);
            if (_waiting.Count == Sample)
                Settle();
        }

        /// <summary>Ends.</summary>
        public EmbeddedRows Build()
        {
            if (_ids.Count == 0)
                return _before ?? None;
            if (_common is null)
                Settle();
            return _before is null
                ? new EmbeddedRows([.. _ids], new Int8Rows(_values.WrittenSpan.ToArray(), _common!.Length), _common)
                : new EmbeddedRows([.. _before.Ids, .. _ids], new Int8Rows([.. _before._rows.Values, .. _values.WrittenSpan], _common!.Length), _common!);
        }

        private void Settle()
        {
            _common = new float[_waiting[0].Length];
            foreach (ReadOnlyMemory<float> vector in _waiting)
                TensorPrimitives.Add(_common, vector.Span, _common);
            TensorPrimitives.Divide(_common, _waiting.Count + Doubt, _common);
            foreach (ReadOnlyMemory<float> vector in _waiting)
                Write(vector.Span);
            _waiting.Clear();
        }

        private void Write(ReadOnlySpan<float> vector)
        {
            var own = new float[_common!.Length];
            TensorPrimitives.Subtract(vector, _common, own);
            int stride = Int8Rows.StrideOf(own.Length);
            Int8Rows.Round(own, _values.GetSpan(stride)[..stride]);
            _values.Advance(stride);
        }
    }
}
