using AgentRouter.Routing.Policies.Capability.Model;
using CsCheck;

namespace AgentRouter.Routing.Tests.Policies.Capability;

public sealed class RequiredPlacesTests
{
    // three models, evenly apart in all dimensions
    private static readonly RequiredPlaces Even = new([[0.4, 0.4, 0.4, 0.4], [0.6, 0.6, 0.6, 0.6], [0.8, 0.8, 0.8, 0.8]]);

    [Theory]
    [InlineData(0.9, 0.9, 0.9, 0)]
    [InlineData(0.89, 0.5, 0.9, 0)]
    [InlineData(0.5, 0.9, 0.9, 0.475)] // 0.88 is reached at 38 of the 40 points on the way to the second
    [InlineData(0.5, 0.5, 0.9, 0.975)]
    [InlineData(0.1, 0.5, 0.52, 0.5)]
    [InlineData(0.9, 0.1, 0.1, 0)]
    public void The_strength_is_required_at_which_success_comes_near_the_bests(double weak, double middle, double strong, double expected)
    {
        var required = new double[4];

        Even.Of([weak, middle, strong], required);

        required.ShouldAllBe(place => Math.Abs(place - expected) < 1e-9);
    }

    [Fact]
    public void Each_dimension_has_its_own_order_of_models()
    {
        var places = new RequiredPlaces([[0.2, 0.9, 0.5, 0.5], [0.8, 0.3, 0.5, 0.6]]);
        var required = new double[4];

        places.Of([0.1, 0.9], required);

        required[0].ShouldBe(0.975, 1e-9);
        required[1].ShouldBe(0);
        required[2].ShouldBe(0, "no model is stronger there than another");
        required[3].ShouldBe(0.975, 1e-9);
    }

    [Fact]
    public void The_model_that_is_predicted_to_do_best_is_always_strong_enough() =>
        Gen.Select(Gen.Double[0, 1].Array[4].Array[2, 9], Gen.Double[0, 1].Array[9]).Sample((strengths, predicted) =>
        {
            var places = new RequiredPlaces(strengths);
            double[] success = predicted[..strengths.Length], required = new double[4];
            places.Of(success, required);
            int best = Array.IndexOf(success, success.Max());
            for (int k = 0; k < 4; k++)
                required[k].ShouldBeInRange(0, places.Bands[k].PlaceOf(strengths[best][k]) + 1e-9);
        });

    [Fact]
    public void What_is_required_never_falls_when_the_strongest_is_predicted_to_do_better() =>
        Gen.Select(Gen.Double[0, 1].Array[2, 9], Gen.Double[0, 1].Array[9], Gen.Double[0, 0.5]).Sample((levels, predicted, more) =>
        {
            double[] sorted = [.. levels.Order()];
            var places = new RequiredPlaces([.. sorted.Select(level => new[] { level, level, level, level })]);
            double[] success = predicted[..sorted.Length], before = new double[4], after = new double[4];
            places.Of(success, before);
            success[^1] += more;
            places.Of(success, after);
            after[0].ShouldBeGreaterThanOrEqualTo(before[0] - 1e-9);
        });
}
