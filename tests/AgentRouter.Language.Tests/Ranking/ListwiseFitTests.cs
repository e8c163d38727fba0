using AgentRouter.Language.Ranking;
using CsCheck;

namespace AgentRouter.Language.Tests.Ranking;

public sealed class ListwiseFitTests
{
    private static readonly Gen<double[][]> Features = Gen.Double[0, 1].Array[3].Array[4];

    [Fact]
    public void No_small_change_of_the_weights_has_a_lower_loss() => Features.Array[1, 6].Sample(lists =>
    {
        FeatureList[] training = [.. lists.Select(features => List(features, needed: 1))];
        double[] start = [5, 0, 0], spread = [1, 0.5, 0.2];

        double[] weights = ListwiseFit.Of(training, start, spread, 0.01, CancellationToken.None);

        double best = Loss(weights);
        for (int i = 0; i < weights.Length; i++)
        {
            foreach (double change in (double[])[-0.01, 0.01])
            {
                double[] moved = [.. weights];
                moved[i] += change;
                Loss(moved).ShouldBeGreaterThanOrEqualTo(best - 1e-5);
            }
        }

        double Loss(double[] at) => ListwiseFit.Loss(training, at) + 0.01 * at.Select((weight, i) => Math.Pow((weight - start[i]) * spread[i], 2)).Sum();
    }, iter: 50);

    [Fact]
    public void A_strong_pull_keeps_the_weights_where_they_were() => Features.Sample(features =>
    {
        double[] weights = ListwiseFit.Of([List(features, needed: 2)], [3, 1, -1], [1, 1, 1], 1e6, CancellationToken.None);

        weights.ShouldBe([3, 1, -1], 1e-3);
    }, iter: 50);

    [Fact]
    public void What_tells_the_needed_from_the_others_gets_the_weight()
    {
        FeatureList[] lists = [.. Enumerable.Range(0, 20).Select(i => List([[0.5, 0, i % 2], [0.5, 1, 0], [0.5, 0, 1]], needed: 1))];

        double[] weights = ListwiseFit.Of(lists, [0, 0, 0], [1, 1, 1], 1e-3, CancellationToken.None);

        weights[1].ShouldBeGreaterThan(3);
        lists[0].Ordered(weights).First().ShouldBe(1);
    }

    [Fact]
    public void Lists_without_anything_that_is_needed_teach_nothing()
    {
        FeatureList list = List([[1, 0, 0], [0, 1, 0]], needed: 9);

        list.Teaches.ShouldBeFalse();
        ListwiseFit.Of([list], [1, 2, 3], [1, 1, 1], 0.1, CancellationToken.None).ShouldBe([1, 2, 3]);
        ListwiseFit.Loss([list], [1, 2, 3]).ShouldBe(0);
    }

    private static FeatureList List(double[][] features, int needed) => FeatureList.Of(features, [.. Enumerable.Range(0, features.Length).Select(i => i == needed)]);
}
