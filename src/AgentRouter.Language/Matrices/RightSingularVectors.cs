using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AgentRouter.Language.Matrices;

/// <summary>The directions in which the rows of a sparse matrix differ most, and how much: the right half of a truncated singular value decomposition.</summary>
/// <remarks>
/// N. Halko, P.-G. Martinsson, J. Tropp, "Finding structure with randomness", 2011: the matrix is multiplied with random columns and then some
/// times with itself; the columns that come out span nearly the wanted directions, and the decomposition is made among them. Orthogonal columns
/// are made through the small matrix of their products, which has some hundred rows and is left to a library.
/// </remarks>
internal static class RightSingularVectors
{
    private const int ExtraColumns = 20;
    private const int PowerSteps = 2;
    private const int Stages = 2 * PowerSteps + 3;

    // directions so much weaker than the strongest are rounding errors
    private const double Nothing = 1e-6;

    /// <summary>Finds the directions.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rank">How many directions.</param>
    /// <param name="seed">The seed of the random columns.</param>
    /// <param name="progress">Is told the share of the work that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The directions as columns, the strongest first, and the singular values; fewer where there are not as many.</returns>
    public static (DenseMatrix Vectors, double[] Values) Of(SparseMatrix matrix, int rank, int seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        SparseMatrix transposed = matrix.Transpose();
        int columns = Math.Min(rank + ExtraColumns, Math.Min(matrix.Rows, matrix.Columns)), stage = 0;
        DenseMatrix basis = Orthogonal(transposed.Times(RandomSigns(matrix.Rows, columns, seed), cancellationToken), cancellationToken);
        Done();
        for (int step = 0; step < PowerSteps; step++)
        {
            DenseMatrix images = matrix.Times(basis, cancellationToken);
            Done();
            basis = Orthogonal(transposed.Times(images, cancellationToken), cancellationToken);
            Done();
        }

        // once more: the first time leaves what single precision loses
        basis = Orthogonal(basis, cancellationToken);
        Done();
        (double[] squares, DenseMatrix turned) = Decompose(matrix.Times(basis, cancellationToken).Gram(cancellationToken), rank, cancellationToken);
        DenseMatrix vectors = basis.Times(turned, cancellationToken);
        Done();
        return (vectors, [.. squares.Select(Math.Sqrt)]);

        void Done() => progress?.Report((double)++stage / Stages);
    }

    // the same directions with orthogonal columns of length one
    private static DenseMatrix Orthogonal(DenseMatrix columns, CancellationToken cancellationToken)
    {
        (double[] squares, DenseMatrix turned) = Decompose(columns.Gram(cancellationToken), columns.Columns, cancellationToken);
        for (int row = 0; row < turned.Rows; row++)
        {
            Span<float> values = turned.Row(row);
            for (int column = 0; column < values.Length; column++)
                values[column] /= (float)Math.Sqrt(squares[column]);
        }

        return columns.Times(turned, cancellationToken);
    }

    // the eigenvalues of a symmetric matrix, the greatest first, and its eigenvectors as columns
    private static (double[] Values, DenseMatrix Vectors) Decompose(DenseMatrix symmetric, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = symmetric.Rows;
        Evd<double> evd = Matrix<double>.Build.Dense(size, size, (row, column) => symmetric.Row(row)[column]).Evd(Symmetricity.Symmetric);
        double[] ascending = [.. evd.EigenValues.Select(value => value.Real)];
        double least = size == 0 ? 0 : ascending[^1] * Nothing;
        double[] values = [.. ascending.Reverse().Take(most).TakeWhile(value => value > least)];
        var vectors = new DenseMatrix(size, values.Length);
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < values.Length; column++)
                vectors.Row(row)[column] = (float)evd.EigenVectors[row, size - 1 - column];
        }

        return (values, vectors);
    }

    private static DenseMatrix RandomSigns(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var signs = new DenseMatrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float value in signs.Row(row))
                value = random.Next(2) * 2 - 1;
        }

        return signs;
    }
}
