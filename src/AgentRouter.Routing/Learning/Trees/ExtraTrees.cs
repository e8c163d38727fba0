namespace AgentRouter.Routing.Learning.Trees;

/// <summary>Grows extremely randomised trees: at each node some features, for each a threshold at random between its least and
/// largest value, and the split that leaves the least variance, summed over all outputs. P. Geurts, D. Ernst, L. Wehenkel, 2006.</summary>
internal static class ExtraTrees
{
    // thresholds and leaves have few digits, so that a file stays readable; finer ones would be noise
    private const float Digits = 1_000;

    /// <summary>Grows a forest. Trees are grown on several threads; each has a random sequence of its own, so the forest is the same.</summary>
    /// <param name="features">The features, by column.</param>
    /// <param name="targets">What is to be predicted, by column.</param>
    /// <param name="options">How it is grown.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellationToken">Cancels the growing.</param>
    public static TreeForest Grow(float[][] features, float[][] targets, TreeForestOptions options, int seed, CancellationToken cancellationToken)
    {
        var trees = new Tree[options.Trees];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, trees.Length, parallel, t => trees[t] = new Grower(features, targets, options, unchecked(seed * 1_000_003 + t)).Grow());
        return new TreeForest(targets.Length, trees);
    }

    private sealed class Grower(float[][] features, float[][] targets, TreeForestOptions options, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly int[] _rows = [.. Enumerable.Range(0, targets[0].Length)];
        private readonly int[] _order = [.. Enumerable.Range(0, features.Length)];
        private readonly int _tried = Math.Max(1, (int)Math.Round(features.Length * options.FeatureShare));
        private readonly double[] _all = new double[targets.Length];
        private readonly double[] _left = new double[targets.Length];
        private readonly List<int> _features = [];
        private readonly List<float> _thresholds = [];
        private readonly List<float> _leaves = [];

        public Tree Grow()
        {
            Node(0, _rows.Length, 0);
            return new Tree([.. _features], [.. _thresholds], [.. _leaves]);
        }

        private void Node(int from, int to, int depth)
        {
            (int feature, float threshold) = depth < TreeForestOptions.DeepestDepth && to - from >= 2 * options.MinLeaf ? Split(from, to) : (-1, 0);
            _features.Add(feature);
            if (feature < 0)
            {
                Leaf(from, to);
                return;
            }

            _thresholds.Add(threshold);
            int middle = Partition(from, to, features[feature], threshold);
            Node(from, middle, depth + 1);
            Node(middle, to, depth + 1);
        }

        private void Leaf(int from, int to)
        {
            foreach (float[] target in targets)
            {
                double sum = 0;
                for (int i = from; i < to; i++)
                    sum += target[_rows[i]];
                _leaves.Add(Rounded(sum / (to - from)));
            }
        }

        private (int Feature, float Threshold) Split(int from, int to)
        {
            for (int k = 0; k < targets.Length; k++)
                _all[k] = Sum(targets[k], from, to);
            (int Feature, float Threshold) best = (-1, 0);
            double bestScore = Score(_all, to - from) + 1e-9;
            int tried = 0;
            for (int drawn = 0; drawn < _order.Length && tried < _tried; drawn++)
            {
                int other = drawn + _random.Next(_order.Length - drawn);
                (_order[drawn], _order[other]) = (_order[other], _order[drawn]);
                float[] column = features[_order[drawn]];
                (float least, float most) = Range(column, from, to);
                if (least == most)
                    continue;
                tried++;
                float threshold = Rounded(least + _random.NextDouble() * (most - least));
                int count = CountLeft(column, threshold, from, to);
                if (count < options.MinLeaf || to - from - count < options.MinLeaf)
                    continue;
                double score = Score(_left, count) + ScoreOfRest(to - from - count);
                if (score > bestScore)
                    (bestScore, best) = (score, (_order[drawn], threshold));
            }

            return best;
        }

        private double Sum(float[] column, int from, int to)
        {
            double sum = 0;
            for (int i = from; i < to; i++)
                sum += column[_rows[i]];
            return sum;
        }

        private (float Least, float Most) Range(float[] column, int from, int to)
        {
            float least = column[_rows[from]], most = least;
            for (int i = from + 1; i < to; i++)
            {
                float value = column[_rows[i]];
                least = value < least ? value : least;
                most = value > most ? value : most;
            }

            return (least, most);
        }

        private int CountLeft(float[] column, float threshold, int from, int to)
        {
            int count = 0;
            Array.Clear(_left);
            for (int i = from; i < to; i++)
            {
                int row = _rows[i];
                if (column[row] > threshold)
                    continue;
                count++;
                for (int k = 0; k < targets.Length; k++)
                    _left[k] += targets[k][row];
            }

            return count;
        }

        // the variance that is left is smallest where the squared sums over the counts are largest
        private static double Score(double[] sums, int count)
        {
            double score = 0;
            foreach (double sum in sums)
                score += sum * sum;
            return score / count;
        }

        private double ScoreOfRest(int count)
        {
            double score = 0;
            for (int k = 0; k < _all.Length; k++)
                score += (_all[k] - _left[k]) * (_all[k] - _left[k]);
            return score / count;
        }

        private int Partition(int from, int to, float[] column, float threshold)
        {
            int middle = from;
            for (int i = from; i < to; i++)
            {
                if (column[_rows[i]] > threshold)
                    continue;
                (_rows[middle], _rows[i]) = (_rows[i], _rows[middle]);
                middle++;
            }

            return middle;
        }

        private static float Rounded(double value) => (float)(Math.Round(value * Digits) / Digits);
    }
}
