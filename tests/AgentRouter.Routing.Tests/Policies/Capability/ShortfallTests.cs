using AgentRouter.Models;
using AgentRouter.Routing.Policies.Capability;
using CsCheck;

namespace AgentRouter.Routing.Tests.Policies.Capability;

public sealed class ShortfallTests
{
    private static readonly double[] Alike = [0.25, 0.25, 0.25, 0.25];

    [Fact]
    public void Strength_to_spare_does_not_make_up_for_what_is_missing()
    {
        Shortfall.Of([0.5, 0.5, 0, 0], [1, 0.3, 0, 0], Alike).ShouldBe(0.05, 1e-12);
        Shortfall.Of([0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], Alike).ShouldBe(0);
        Shortfall.Of([1, 1, 1, 1], [0, 0, 0, 0], Alike).ShouldBe(1);
    }

    [Fact]
    public void A_weight_counts_compared_with_the_others()
    {
        StrengthBand[] bands = [new(0, 1), new(0.2, 0.8), new(0.5, 0.5), new(0, 1)];

        Shortfall.Weights(bands, new Dictionary<Strength, double> { [Strength.Code] = 2 }).ShouldBe([0.25, 0.5, 0, 0.25]);
        Shortfall.Weights([.. Enumerable.Repeat(new StrengthBand(0.5, 0.5), 4)]).ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public void Dividing_by_the_band_is_the_same_as_dividing_the_weights_but_for_a_common_factor()
    {
        StrengthBand[] bands = [new(0.4, 0.9), new(0.6, 0.7), new(0, 1), new(0.2, 0.4)];
        double[] required = [0.8, 0.69, 0.5, 0.35], first = [0.5, 0.65, 0.4, 0.4], second = [0.9, 0.6, 0.2, 0.3];

        double Hydra(double[] strengths) => bands.Select((band, k) => 1 / band.Width * Math.Max(0, required[k] - strengths[k])).Sum() / bands.Sum(band => 1 / band.Width);
        double Ours(double[] strengths) => Shortfall.Of(
            [.. required.Select((level, k) => bands[k].PlaceOf(level))], [.. strengths.Select((strength, k) => bands[k].PlaceOf(strength))], Shortfall.Weights(bands));

        (Ours(first) / Hydra(first)).ShouldBe(Ours(second) / Hydra(second), 1e-9);
    }

    [Fact]
    public void The_cheapest_that_is_strong_enough_is_chosen_else_the_one_that_falls_least_short()
    {
        Shortfall.Choose<double>([0.3, 0.1, 0], [1, 2, 3], tau: 0.1).ShouldBe(1);
        Shortfall.Choose<double>([0.3, 0.1, 0], [1, 4, 3], tau: 0.1).ShouldBe(2);
        Shortfall.Choose<double>([0.3, 0.1, 0.2], [1, 4, 3], tau: 0.05).ShouldBe(1);
        Shortfall.Choose<double>([0.3, 0.3, 0.3], [2, 1, 1], tau: 0).ShouldBe(1);
    }

    [Fact]
    public void The_more_is_put_up_with_the_cheaper_is_the_choice() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 8], Gen.Double[0, 10].Array[8], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((shortfalls, costs, a, b) =>
        {
            double[] prices = costs[..shortfalls.Length];
            int strict = Shortfall.Choose<double>(shortfalls, prices, Math.Min(a, b)), loose = Shortfall.Choose<double>(shortfalls, prices, Math.Max(a, b));
            prices[loose].ShouldBeLessThanOrEqualTo(prices[strict]);
        });

    [Fact]
    public void Nobody_cheaper_that_fits_is_passed_over() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 8], Gen.Double[0, 10].Array[8], Gen.Double[0, 1]).Sample((shortfalls, costs, tau) =>
        {
            int chosen = Shortfall.Choose<double>(shortfalls, costs.AsSpan(0, shortfalls.Length), tau);
            if (shortfalls.Min() > tau)
                shortfalls[chosen].ShouldBe(shortfalls.Min());
            else
                costs[chosen].ShouldBe(shortfalls.Index().Where(model => model.Item <= tau).Min(model => costs[model.Index]));
        });
}
