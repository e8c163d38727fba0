using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AgentRouter.Language.Matrices;

/// <summary>A full matrix, one row after the other. It is meant for many rows and some hundred columns.</summary>
/// <remarks>Products are computed tile by tile, so that the sums of a tile stay in registers and what they are made of in the nearest cache
/// (K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication", 2008). Every sum has one order, however many processors there are.</remarks>
internal sealed class DenseMatrix
{
    private const int TileRows = 4;
    private const int TileColumns = 16;

    // columns are filled up with zeros to a multiple of it, so that no tile is cut
    private const int Step = 32;

    private const int Panel = 128;

    private readonly float[] _values;
    private readonly int _stride;

    /// <summary>Makes a matrix of zeros.</summary>
    public DenseMatrix(int rows, int columns)
    {
        (Rows, Columns, _stride) = (rows, columns, RoundUp(columns, Step));
        _values = new float[checked(RoundUp(rows, TileRows) * _stride)];
    }

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets a row.</summary>
    public Span<float> Row(int row) => _values.AsSpan(row * _stride, Columns);

    /// <summary>Multiplies with another matrix.</summary>
    /// <param name="other">A matrix with a row for each column of this one.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public DenseMatrix Times(DenseMatrix other, CancellationToken cancellationToken)
    {
        var product = new DenseMatrix(Rows, other.Columns);
        ParallelRanges.Run(Rows, (start, end) =>
        {
            for (int from = 0; from < Columns; from += Panel)
            {
                int length = Math.Min(Panel, Columns - from);
                for (int column = 0; column < other.Columns; column += TileColumns)
                {
                    for (int row = start; row < end; row += TileRows)
                        AddTile(_values.AsSpan(row * _stride + from), _stride, 1, other._values.AsSpan(from * other._stride + column), product._values.AsSpan(row * product._stride + column), product._stride, length);
                }
            }
        }, cancellationToken);
        return product;
    }

    /// <summary>Multiplies all pairs of columns.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    public DenseMatrix Gram(CancellationToken cancellationToken)
    {
        var gram = new DenseMatrix(Columns, Columns);
        Parallel.For(0, gram._stride / Step, new ParallelOptions { CancellationToken = cancellationToken }, part =>
        {
            // a pair is the same both ways: only what is not below the diagonal is computed
            int start = part * Step, end = Math.Min(RoundUp(Columns, TileRows), start + Step);
            for (int from = 0; from < Rows; from += Panel)
            {
                int length = Math.Min(Panel, Rows - from);
                for (int column = start; column < Columns; column += TileColumns)
                {
                    for (int row = start; row < end; row += TileRows)
                        AddTile(_values.AsSpan(from * _stride + row), 1, _stride, _values.AsSpan(from * _stride + column), gram._values.AsSpan(row * _stride + column), _stride, length);
                }
            }
        });
        for (int row = 0; row < Columns; row++)
        {
            for (int column = 0; column < row; column++)
                gram.Row(row)[column] = gram.Row(column)[row];
        }

        return gram;
    }

    /// <summary>Adds a product to a tile.</summary>
    /// <param name="left">The left factor, from its first number; the number of a row and a place stands at <c>row · rowStep + place · step</c>.</param>
    /// <param name="rowStep">The distance of its rows.</param>
    /// <param name="step">The distance of its places.</param>
    /// <param name="right">The right factor, from its first number, a row for each place.</param>
    /// <param name="sum">The tile, from its first number.</param>
    /// <param name="stride">The distance of the rows of the right factor and of the tile.</param>
    /// <param name="length">The number of places.</param>
    private static void AddTile(ReadOnlySpan<float> left, int rowStep, int step, ReadOnlySpan<float> right, Span<float> sum, int stride, int length)
    {
        // what is read without a check below
        _ = left[3 * rowStep + (length - 1) * step];
        _ = right[(length - 1) * stride + TileColumns - 1];
        _ = sum[3 * stride + TileColumns - 1];
        ref float a = ref MemoryMarshal.GetReference(left);
        ref float b = ref MemoryMarshal.GetReference(right);
        ref float c = ref MemoryMarshal.GetReference(sum);
        (nuint second, nuint third, nuint fourth) = ((nuint)rowStep, 2 * (nuint)rowStep, 3 * (nuint)rowStep);
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        for (nuint place = 0; place < (nuint)length; place++)
        {
            nuint at = place * (nuint)step;
            Vector256<float> b0 = Vector256.LoadUnsafe(ref b, place * (nuint)stride), b1 = Vector256.LoadUnsafe(ref b, place * (nuint)stride + (nuint)Vector256<float>.Count);
            Vector256<float> value = Vector256.Create(Get(ref a, at));
            (s00, s01) = (Vector256.MultiplyAddEstimate(value, b0, s00), Vector256.MultiplyAddEstimate(value, b1, s01));
            value = Vector256.Create(Get(ref a, at + second));
            (s10, s11) = (Vector256.MultiplyAddEstimate(value, b0, s10), Vector256.MultiplyAddEstimate(value, b1, s11));
            value = Vector256.Create(Get(ref a, at + third));
            (s20, s21) = (Vector256.MultiplyAddEstimate(value, b0, s20), Vector256.MultiplyAddEstimate(value, b1, s21));
            value = Vector256.Create(Get(ref a, at + fourth));
            (s30, s31) = (Vector256.MultiplyAddEstimate(value, b0, s30), Vector256.MultiplyAddEstimate(value, b1, s31));
        }

        Add(ref c, 0, s00, s01);
        Add(ref c, (nuint)stride, s10, s11);
        Add(ref c, 2 * (nuint)stride, s20, s21);
        Add(ref c, 3 * (nuint)stride, s30, s31);

        static float Get(ref float from, nuint at) => System.Runtime.CompilerServices.Unsafe.Add(ref from, at);

        static void Add(ref float to, nuint at, Vector256<float> first, Vector256<float> second)
        {
            (Vector256.LoadUnsafe(ref to, at) + first).StoreUnsafe(ref to, at);
            at += (nuint)Vector256<float>.Count;
            (Vector256.LoadUnsafe(ref to, at) + second).StoreUnsafe(ref to, at);
        }
    }

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;
}
