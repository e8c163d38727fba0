using AgentRouter.Routing.Evaluation.Pairs;

namespace AgentRouter.Routing.Tests.Evaluation.Pairs;

public sealed class ShareCurveTests
{
    // four rows, of which the strong model gains two: weak 0.25, strong 0.75
    private static readonly double[] Weak = [1, 0, 0, 0];
    private static readonly double[] Strong = [1, 1, 1, 0];

    [Fact]
    public void The_best_order_recovers_most()
    {
        // 0.25 → 0.5 → 0.75 → 0.75 → 0.75: area (0.375 + 0.625 + 0.75 + 0.75) / 4 = 0.625, gap (0.625 - 0.25) / 0.5
        Curve(0, 3, 2, 1).Gap(Once()).ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void The_worst_order_recovers_least()
    {
        // 0.25, 0.25, 0.25, 0.5, 0.75: area (0.25 + 0.25 + 0.375 + 0.625) / 4 = 0.375
        Curve(3, 1, 1.5, 2).Gap(Once()).ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public void Ties_are_the_straight_line_between_their_ends() =>
        Curve(1, 1, 1, 1).Gap(Once()).ShouldBe(0.5, 1e-12);

    [Fact]
    public void A_row_that_is_drawn_twice_counts_twice()
    {
        // rows 0, 1, 1, 2: weak 0.25, strong 1; order 1, 1, 2, 0: 0.25, 0.5, 0.75, 1, 1
        Curve(0, 3, 2, 1).Gap([1, 2, 1, 0]).ShouldBe(((0.375 + 0.625 + 0.875 + 1) / 4 - 0.25) / 0.75, 1e-12);
    }

    [Fact]
    public void A_draw_without_a_gap_has_no_figure() =>
        Curve(0, 3, 2, 1).Gap([4, 0, 0, 0]).ShouldBe(double.NaN);

    [Fact]
    public void Scores_and_shares_lie_on_the_curve()
    {
        ShareCurve curve = Curve(0, 3, 2, 1);

        curve.ScoreAt(0).ShouldBe(0.25);
        curve.ScoreAt(0.125).ShouldBe(0.375, 1e-12);
        curve.ScoreAt(1).ShouldBe(0.75);
        curve.ShareFor(0.25).ShouldBe(0);
        curve.ShareFor(0.375).ShouldBe(0.125, 1e-9);
        curve.ShareFor(0.75).ShouldBe(0.5, 1e-9);
        curve.ShareFor(0.9).ShouldBe(1);
    }

    private static ShareCurve Curve(params double[] scores) => new(Weak, Strong, scores);

    private static int[] Once() => [1, 1, 1, 1];
}
