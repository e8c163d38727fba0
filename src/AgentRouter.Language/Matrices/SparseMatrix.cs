using System.Numerics.Tensors;

namespace AgentRouter.Language.Matrices;

/// <summary>A matrix of mostly zeros: for each row the columns that have a number, ascending.</summary>
internal sealed class SparseMatrix
{
    private readonly int[] _ends;
    private readonly int[] _columns;
    private readonly float[] _values;

    /// <summary>Makes a matrix of its parts.</summary>
    /// <param name="ends">Where the entries of each row end.</param>
    /// <param name="columns">The column of each entry.</param>
    /// <param name="values">The number of each entry.</param>
    /// <param name="width">The number of columns.</param>
    public SparseMatrix(int[] ends, int[] columns, float[] values, int width) => (_ends, _columns, _values, Columns) = (ends, columns, values, width);

    /// <summary>Gets the number of rows.</summary>
    public int Rows => _ends.Length;

    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets the columns of a row's entries.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(StartOf(row).._ends[row]);

    /// <summary>Gets the numbers of a row's entries.</summary>
    public Span<float> ValuesOf(int row) => _values.AsSpan(StartOf(row).._ends[row]);

    /// <summary>Makes the matrix with rows and columns exchanged.</summary>
    public SparseMatrix Transpose()
    {
        var ends = new int[Columns];
        foreach (int column in _columns)
            ends[column]++;
        for (int column = 1; column < ends.Length; column++)
            ends[column] += ends[column - 1];
        // filled from behind, so that every end walks down to its start
        var columns = new int[_columns.Length];
        var values = new float[_values.Length];
        int[] next = [.. ends];
        for (int row = Rows - 1; row >= 0; row--)
        {
            for (int entry = _ends[row] - 1; entry >= StartOf(row); entry--)
            {
                int place = --next[_columns[entry]];
                (columns[place], values[place]) = (row, _values[entry]);
            }
        }

        return new SparseMatrix(ends, columns, values, Rows);
    }

    /// <summary>Multiplies with a full matrix.</summary>
    /// <param name="other">A matrix with a row for each column of this one.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public DenseMatrix Times(DenseMatrix other, CancellationToken cancellationToken)
    {
        var product = new DenseMatrix(Rows, other.Columns);
        ParallelRanges.Run(Rows, (start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                Span<float> sum = product.Row(row);
                ReadOnlySpan<int> columns = ColumnsOf(row);
                ReadOnlySpan<float> values = ValuesOf(row);
                for (int entry = 0; entry < columns.Length; entry++)
                    TensorPrimitives.MultiplyAdd(other.Row(columns[entry]), values[entry], sum, sum);
            }
        }, cancellationToken);
        return product;
    }

    private int StartOf(int row) => row == 0 ? 0 : _ends[row - 1];
}
