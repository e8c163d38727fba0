using MathNet.Numerics.LinearAlgebra;

namespace AgentRouter.Language.Ranking;

/// <summary>Finds weights under which what is wanted comes first: the cross-entropy between what is wanted and the softmax over each list, held to given weights by their
/// squared distance.</summary>
/// <remarks>Z. Cao et al., "Learning to rank: from pairwise approach to listwise approach", 2007 (ListNet, top one). The loss of linear weights is convex, so Newton's method
/// with halved steps finds the one best, the same each time.</remarks>
internal static class ListwiseFit
{
    private const int MostSteps = 50;
    private const int MostHalvings = 20;
    private const double Close = 1e-6;

    /// <summary>Finds the weights.</summary>
    /// <param name="lists">The lists; those that teach nothing count nothing.</param>
    /// <param name="start">The weights that they are held to.</param>
    /// <param name="spread">The spread of each feature: a weight may move as far as its feature is narrow.</param>
    /// <param name="pull">How strongly they are held.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static double[] Of(IReadOnlyList<FeatureList> lists, double[] start, double[] spread, double pull, CancellationToken cancellationToken)
    {
        FeatureList[] teaching = [.. lists.Where(list => list.Teaches)];
        double[] weights = [.. start];
        if (teaching.Length == 0)
            return weights;
        double loss = Loss(teaching, weights, start, spread, pull);
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (Vector<double> gradient, Matrix<double> curvature) = Slopes(teaching, weights, start, spread, pull);
            Vector<double> direction = curvature.Cholesky().Solve(gradient);
            double size = 1, next = loss;
            double[] moved = weights;
            for (int halving = 0; halving < MostHalvings; halving++, size /= 2)
            {
                moved = [.. weights.Select((weight, i) => weight - size * direction[i])];
                next = Loss(teaching, moved, start, spread, pull);
                if (next < loss)
                    break;
            }

            if (next >= loss)
                break;
            bool isClose = loss - next < Close;
            (weights, loss) = (moved, next);
            if (isClose)
                break;
        }

        return weights;
    }

    /// <summary>Computes the mean loss of lists, without what holds the weights.</summary>
    public static double Loss(IReadOnlyList<FeatureList> lists, double[] weights)
    {
        double sum = 0;
        int count = 0;
        foreach (FeatureList list in lists.Where(list => list.Teaches))
        {
            double[] shares = Shares(list, weights);
            for (int i = 0; i < shares.Length; i++)
            {
                if (list.Targets[i] > 0)
                    sum -= list.Targets[i] * Math.Log(Math.Max(shares[i], double.Epsilon));
            }

            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double Loss(FeatureList[] lists, double[] weights, double[] start, double[] spread, double pull) =>
        Loss(lists, weights) + pull * weights.Select((weight, i) => Math.Pow((weight - start[i]) * spread[i], 2)).Sum();

    private static (Vector<double> Gradient, Matrix<double> Curvature) Slopes(FeatureList[] lists, double[] weights, double[] start, double[] spread, double pull)
    {
        int count = weights.Length;
        double[] gradient = new double[count], mean = new double[count];
        double[,] curvature = new double[count, count];
        foreach (FeatureList list in lists)
        {
            double[] shares = Shares(list, weights);
            Array.Clear(mean);
            for (int row = 0; row < shares.Length; row++)
            {
                double[] features = list.Features[row];
                double miss = (shares[row] - list.Targets[row]) / lists.Length, part = shares[row] / lists.Length;
                for (int i = 0; i < count; i++)
                {
                    gradient[i] += miss * features[i];
                    mean[i] += shares[row] * features[i];
                    for (int j = 0; j <= i; j++)
                        curvature[i, j] += part * features[i] * features[j];
                }
            }

            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                    curvature[i, j] -= mean[i] * mean[j] / lists.Length;
            }
        }

        for (int i = 0; i < count; i++)
        {
            gradient[i] += 2 * pull * (weights[i] - start[i]) * spread[i] * spread[i];
            curvature[i, i] += 2 * pull * spread[i] * spread[i];
            for (int j = 0; j < i; j++)
                curvature[j, i] = curvature[i, j];
        }

        return (Vector<double>.Build.DenseOfArray(gradient), Matrix<double>.Build.DenseOfArray(curvature));
    }

    private static double[] Shares(FeatureList list, double[] weights)
    {
        double[] shares = [.. list.Features.Select(features => FeatureList.Value(features, weights))];
        double most = shares.Max(), sum = 0;
        for (int i = 0; i < shares.Length; i++)
            sum += shares[i] = Math.Exp(shares[i] - most);
        for (int i = 0; i < shares.Length; i++)
            shares[i] /= sum;
        return shares;
    }
}
