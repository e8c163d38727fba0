using AgentRouter.Statistics;

namespace AgentRouter.Tests.Statistics;

public sealed class StatisticsTests
{
    // published values of the exact interval
    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(10, 10, 0.6915, 1)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(1, 100, 0.0003, 0.0545)]
    public void The_exact_interval_of_a_share_is_the_published_one(int hits, int trials, double low, double high)
    {
        Interval interval = ClopperPearson.Of(hits, trials);

        interval.Low.ShouldBe(low, 0.0001);
        interval.High.ShouldBe(high, 0.0001);
    }

    [Fact]
    public void The_exact_interval_holds_its_share_for_many_trials()
    {
        Interval interval = ClopperPearson.Of(3_500, 7_000);

        interval.Low.ShouldBe(0.5 - 0.0118, 0.0005);
        interval.High.ShouldBe(0.5 + 0.0118, 0.0005);
    }

    [Fact]
    public void A_quantile_lies_between_its_neighbours() =>
        Quantile.Of([4, 1, 3, 2], 0.5).ShouldBe(2.5);

    [Fact]
    public void The_bootstrap_interval_of_a_mean_is_near_the_normal_one_and_repeats_under_a_seed()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : 0.0)];

        Interval interval = Bootstrap.OfMean(values, seed: 7);

        interval.Low.ShouldBe(0.451, 0.01);
        interval.High.ShouldBe(0.549, 0.01);
        Bootstrap.OfMean(values, seed: 7).ShouldBe(interval);
    }
}
