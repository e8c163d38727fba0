using AgentRouter.Routing.Learning.Regression;

namespace AgentRouter.Routing.Tests.Learning.Regression;

public sealed class LogisticRegressionTests
{
    // one column that is 1 or -1, with all rows alike up to the sign: w solves w = C n (1 - sigmoid(w)), no intercept by symmetry
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 4)]
    [InlineData(10, 20)]
    public void The_weight_is_the_one_that_can_be_solved_by_hand(double c, int rows)
    {
        var matrix = new SparseMatrix(1);
        var targets = new double[rows * 2];
        for (int i = 0; i < rows * 2; i++)
        {
            matrix.Add(0, i % 2 == 0 ? 1 : -1);
            matrix.EndRow();
            targets[i] = i % 2 == 0 ? 1 : 0;
        }

        double[] w = LogisticRegression.Fit(matrix, targets, c, CancellationToken.None);

        w[0].ShouldBe(Bisect(x => c * rows * 2 * (1 - LogisticRegression.Sigmoid(x)) - x), 0.005);
        w[1].ShouldBe(0, 1e-6);
    }

    [Fact]
    public void The_gradient_is_zero_where_it_ends()
    {
        var random = new Random(3);
        var matrix = new SparseMatrix(5);
        var rows = new List<double[]>();
        var targets = new double[60];
        for (int i = 0; i < 60; i++)
        {
            double[] row = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() < 0.5 ? 0 : random.NextDouble() * 2 - 1)];
            for (int column = 0; column < 5; column++)
                matrix.Add(column, (float)row[column]);
            matrix.EndRow();
            rows.Add(row);
            targets[i] = Math.Round(random.NextDouble(), 1);
        }

        double[] w = LogisticRegression.Fit(matrix, targets, 2, CancellationToken.None);

        for (int column = 0; column <= 5; column++)
        {
            double gradient = column < 5 ? w[column] : 0;
            for (int i = 0; i < 60; i++)
            {
                double z = w[5] + rows[i].Zip(w, (x, weight) => (double)(float)x * weight).Sum();
                gradient += 2 * (LogisticRegression.Sigmoid(z) - targets[i]) * (column < 5 ? rows[i][column] : 1);
            }

            gradient.ShouldBe(0, 0.01);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_class_only_gives_a_sure_but_finite_answer(double target)
    {
        var matrix = new SparseMatrix(1);
        double[] targets = new double[50];
        Array.Fill(targets, target);
        for (int i = 0; i < 50; i++)
        {
            matrix.Add(0, i % 3);
            matrix.EndRow();
        }

        double[] w = LogisticRegression.Fit(matrix, targets, 0.5, CancellationToken.None);

        w.ShouldAllBe(weight => double.IsFinite(weight));
        LogisticRegression.Sigmoid(w[1]).ShouldBe(target, 0.05);
    }

    private static double Bisect(Func<double, double> falling)
    {
        double low = 0, high = 100;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (falling(middle) > 0)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
