using AgentRouter.Language.Matrices;
using CsCheck;

namespace AgentRouter.Language.Tests.Matrices;

public sealed class MatrixTests
{
    private static readonly Gen<float[][]> Any = Gen.Select(Gen.Int[1, 140], Gen.Int[1, 50]).SelectMany((rows, columns) => Gen.Float[-1, 1].Array[columns].Array[rows]);

    [Fact]
    public void Products_are_those_of_the_definition() => Gen.Select(Any, Gen.Int[1, 40], Gen.Int[0, 99]).Sample((left, columns, seed) =>
    {
        var random = new Random(seed);
        float[][] right = [.. left[0].Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextSingle() - 0.5f).ToArray())];

        Same(Dense(left).Times(Dense(right), CancellationToken.None), (row, column) => left[row].Select((value, i) => value * right[i][column]).Sum());
        Same(Sparse(left).Times(Dense(right), CancellationToken.None), (row, column) => left[row].Select((value, i) => value > 0 ? value * right[i][column] : 0).Sum());
    }, iter: 12);

    [Fact]
    public void Products_of_all_pairs_of_columns_are_those_of_the_definition() => Any.Sample(matrix =>
        Same(Dense(matrix).Gram(CancellationToken.None), (row, column) => matrix.Sum(each => each[row] * each[column])), iter: 12);

    [Fact]
    public void Rows_and_columns_are_exchanged() => Any.Sample(matrix =>
    {
        SparseMatrix transposed = Sparse(matrix).Transpose();

        (transposed.Rows, transposed.Columns).ShouldBe((matrix[0].Length, matrix.Length));
        for (int row = 0; row < transposed.Rows; row++)
        {
            int[] expected = [.. Enumerable.Range(0, matrix.Length).Where(i => matrix[i][row] > 0)];
            transposed.ColumnsOf(row).ToArray().ShouldBe(expected);
            transposed.ValuesOf(row).ToArray().ShouldBe(expected.Select(i => matrix[i][row]));
        }
    }, iter: 12);

    [Fact]
    public void Singular_values_are_those_of_a_library()
    {
        float[][] matrix = Random(rows: 90, columns: 60);
        var expected = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(90, 60, (row, column) => Math.Max(0, matrix[row][column])).Svd();

        (DenseMatrix vectors, double[] values) = RightSingularVectors.Of(Sparse(matrix), 30, seed: 1, progress: null, CancellationToken.None);

        values.Length.ShouldBe(30);
        // those at the end are mixed with what was cut off
        for (int i = 0; i < 15; i++)
        {
            values[i].ShouldBe(expected.S[i], 0.02 * expected.S[i]);
            double cosine = Enumerable.Range(0, 60).Sum(row => vectors.Row(row)[i] * expected.VT[i, row]);
            if (i < 3)
                Math.Abs(cosine).ShouldBe(1, 0.05);
        }

        Same(vectors.Gram(CancellationToken.None), (row, column) => row == column ? 1 : 0);
    }

    [Fact]
    public void There_are_no_more_directions_than_there_are()
    {
        float[] row = Random(1, 50)[0], other = Random(2, 50)[1];

        RightSingularVectors.Of(Sparse([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? row : other)]), 20, seed: 1, progress: null, CancellationToken.None).Values.Length.ShouldBe(2);
    }

    private static float[][] Random(int rows, int columns)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextSingle() - 0.6f).ToArray())];
    }

    private static DenseMatrix Dense(float[][] values)
    {
        var matrix = new DenseMatrix(values.Length, values[0].Length);
        for (int row = 0; row < values.Length; row++)
            values[row].CopyTo(matrix.Row(row));
        return matrix;
    }

    // what is positive stands in it
    private static SparseMatrix Sparse(float[][] values)
    {
        (int Column, float Value)[][] rows = [.. values.Select(row => row.Select((value, column) => (column, value)).Where(entry => entry.value > 0).ToArray())];
        int end = 0;
        return new SparseMatrix([.. rows.Select(row => end += row.Length)], [.. rows.SelectMany(row => row.Select(entry => entry.Column))], [.. rows.SelectMany(row => row.Select(entry => entry.Value))], values[0].Length);
    }

    private static void Same(DenseMatrix matrix, Func<int, int, float> expected)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                // Shouldly is too slow for a hundred thousand numbers
                if (!(Math.Abs(matrix.Row(row)[column] - expected(row, column)) < 1e-3))
                    matrix.Row(row)[column].ShouldBe(expected(row, column), 1e-3, $"row {row}, column {column}");
            }
        }
    }
}
