using AgentRouter.Routing.Learning.Trees;

namespace AgentRouter.Routing.Tests.Learning.Trees;

public sealed class ExtraTreesTests
{
    private static readonly TreeForestOptions Small = new() { Trees = 60, MinLeaf = 4, FeatureShare = 1 };

    [Fact]
    public void Exclusive_or_is_learnt_which_no_single_split_shows()
    {
        (float[][] features, float[][] targets) = ExclusiveOr(400, seed: 1);

        var forest = ExtraTrees.Grow(features, targets, Small, seed: 5, CancellationToken.None);

        foreach ((float a, float b) in ((float, float)[])[(0.25f, 0.25f), (0.25f, 0.75f), (0.75f, 0.25f), (0.75f, 0.75f)])
        {
            bool isOne = a > 0.5f != b > 0.5f;
            (Predict(forest, a, b)[0] > 0.5).ShouldBe(isOne);
            Predict(forest, a, b)[1].ShouldBe(1 - Predict(forest, a, b)[0], 1e-3);
        }
    }

    [Fact]
    public void The_same_seed_grows_the_same_forest_and_another_seed_another()
    {
        (float[][] features, float[][] targets) = ExclusiveOr(200, seed: 2);

        TreeForest one = ExtraTrees.Grow(features, targets, Small, seed: 5, CancellationToken.None), same = ExtraTrees.Grow(features, targets, Small, seed: 5, CancellationToken.None);
        TreeForest other = ExtraTrees.Grow(features, targets, Small, seed: 6, CancellationToken.None);

        same.Trees.SelectMany(tree => tree.Thresholds).ShouldBe(one.Trees.SelectMany(tree => tree.Thresholds));
        same.Trees.SelectMany(tree => tree.Leaves).ShouldBe(one.Trees.SelectMany(tree => tree.Leaves));
        other.Trees.SelectMany(tree => tree.Thresholds).ShouldNotBe(one.Trees.SelectMany(tree => tree.Thresholds));
    }

    [Fact]
    public void Features_that_never_change_give_the_mean()
    {
        var forest = ExtraTrees.Grow([[1, 1, 1, 1]], [[0, 1, 1, 1]], Small with { MinLeaf = 1 }, seed: 1, CancellationToken.None);

        Predict(forest, 1)[0].ShouldBe(0.75, 1e-6);
    }

    [Fact]
    public void No_leaf_has_fewer_rows_than_asked()
    {
        (float[][] features, float[][] targets) = ExclusiveOr(64, seed: 3);

        var forest = ExtraTrees.Grow(features, targets, Small with { MinLeaf = 16 }, seed: 1, CancellationToken.None);

        forest.Trees.ShouldAllBe(tree => tree.Leaves.Length / 2 <= 4);
    }

    private static double[] Predict(TreeForest forest, params float[] row)
    {
        var values = new double[forest.Outputs];
        forest.Predict(row, values);
        return values;
    }

    private static (float[][] Features, float[][] Targets) ExclusiveOr(int rows, int seed)
    {
        var random = new Random(seed);
        float[] a = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())], b = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        float[] one = [.. a.Zip(b, (x, y) => x > 0.5f != y > 0.5f ? 1f : 0)];
        return ([a, b], [one, [.. one.Select(value => 1 - value)]]);
    }
}
