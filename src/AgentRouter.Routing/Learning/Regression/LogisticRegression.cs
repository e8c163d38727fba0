namespace AgentRouter.Routing.Learning.Regression;

/// <summary>L2-regularised logistic regression on sparse rows: minimises |w|²/2 + C Σ log-loss, the intercept not penalised,
/// by L-BFGS. J. Nocedal, 1980. Targets may lie between 0 and 1. Sums are in row order, so a result repeats to the last bit.</summary>
internal static class LogisticRegression
{
    private const int Memory = 10;
    private const int MaxIterations = 300;
    private const double Tolerance = 1e-4;

    /// <summary>Finds the weights.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="targets">The probability of each row, from 0 to 1.</param>
    /// <param name="c">How much the data counts against the penalty; above 0.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>A weight for each column, then the intercept.</returns>
    public static double[] Fit(SparseMatrix rows, ReadOnlySpan<double> targets, double c, CancellationToken cancellationToken)
    {
        int size = rows.Columns + 1;
        double[] w = new double[size], gradient = new double[size], next = new double[size], nextGradient = new double[size], direction = new double[size];
        w[^1] = Intercept(targets);
        double loss = Loss(rows, targets, c, w, gradient);
        double first = Math.Max(1e-12, Norm(gradient));
        var steps = new List<(double[] S, double[] Y, double Rho)>(Memory);
        for (int iteration = 0; iteration < MaxIterations && Norm(gradient) > Tolerance * first; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Direction(gradient, steps, direction);
            double slope = Dot(gradient, direction), length = iteration == 0 ? Math.Min(1, 1 / Norm(gradient)) : 1;
            double nextLoss;
            while (true)
            {
                for (int i = 0; i < size; i++)
                    next[i] = w[i] + length * direction[i];
                nextLoss = Loss(rows, targets, c, next, nextGradient);
                if (nextLoss <= loss + 1e-4 * length * slope)
                    break;
                length /= 2;
                // no progress is left in the numbers
                if (length < 1e-10)
                    return w;
            }

            Remember(steps, w, next, gradient, nextGradient);
            (w, next) = (next, w);
            (gradient, nextGradient) = (nextGradient, gradient);
            loss = nextLoss;
        }

        return w;
    }

    /// <summary>The logistic function.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : 1 - 1 / (1 + Math.Exp(x));

    // starts where the mean is right
    private static double Intercept(ReadOnlySpan<double> targets)
    {
        double sum = 0.5;
        foreach (double target in targets)
            sum += target;
        double mean = sum / (targets.Length + 1);
        return Math.Log(mean / (1 - mean));
    }

    private static double Loss(SparseMatrix rows, ReadOnlySpan<double> targets, double c, double[] w, double[] gradient)
    {
        double penalty = 0;
        for (int i = 0; i < w.Length - 1; i++)
        {
            gradient[i] = w[i];
            penalty += w[i] * w[i];
        }

        gradient[^1] = 0;
        double loss = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<int> columns = rows.ColumnsOf(row);
            ReadOnlySpan<float> values = rows.ValuesOf(row);
            double z = w[^1];
            for (int i = 0; i < columns.Length; i++)
                z += w[columns[i]] * values[i];
            // log(1 + e^z) - t z
            double tail = Math.Exp(-Math.Abs(z));
            loss += Math.Max(z, 0) + Math.Log(1 + tail) - targets[row] * z;
            double error = c * ((z >= 0 ? 1 / (1 + tail) : tail / (1 + tail)) - targets[row]);
            for (int i = 0; i < columns.Length; i++)
                gradient[columns[i]] += error * values[i];
            gradient[^1] += error;
        }

        return penalty / 2 + c * loss;
    }

    private static void Direction(double[] gradient, List<(double[] S, double[] Y, double Rho)> steps, double[] direction)
    {
        gradient.CopyTo(direction, 0);
        Span<double> alphas = stackalloc double[Memory];
        for (int k = steps.Count - 1; k >= 0; k--)
        {
            alphas[k] = steps[k].Rho * Dot(steps[k].S, direction);
            AddScaled(direction, steps[k].Y, -alphas[k]);
        }

        if (steps.Count > 0)
        {
            (double[] s, double[] y, _) = steps[^1];
            Scale(direction, Dot(s, y) / Dot(y, y));
        }

        for (int k = 0; k < steps.Count; k++)
            AddScaled(direction, steps[k].S, alphas[k] - steps[k].Rho * Dot(steps[k].Y, direction));
        Scale(direction, -1);
    }

    private static void Remember(List<(double[] S, double[] Y, double Rho)> steps, double[] w, double[] next, double[] gradient, double[] nextGradient)
    {
        (double[] S, double[] Y, double Rho) step = steps.Count == Memory ? steps[0] : (new double[w.Length], new double[w.Length], 0);
        if (steps.Count == Memory)
            steps.RemoveAt(0);
        for (int i = 0; i < w.Length; i++)
        {
            step.S[i] = next[i] - w[i];
            step.Y[i] = nextGradient[i] - gradient[i];
        }

        double curvature = Dot(step.S, step.Y);
        if (curvature > 0)
            steps.Add((step.S, step.Y, 1 / curvature));
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static void AddScaled(double[] target, double[] source, double scale)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] += scale * source[i];
    }

    private static void Scale(double[] target, double scale)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] *= scale;
    }
}
