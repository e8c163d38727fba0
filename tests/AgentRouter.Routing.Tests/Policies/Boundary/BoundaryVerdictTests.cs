using AgentRouter.Routing.Policies.Boundary.Training;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Tests.Policies.Boundary;

public sealed class BoundaryVerdictTests
{
    private const int Rows = BoundaryTraining.LeastRows;

    [Fact]
    public void Nothing_is_saved_where_nothing_succeeds() =>
        Of([Own(0), Other("cheap-first", 0, lead: (0, 0), saved: (0.1, 0.2))]).Rule.ShouldBe(BoundaryRule.NothingSucceeds);

    [Fact]
    public void A_lead_that_may_be_chance_is_no_reason_to_save() =>
        Of([Own(0.536), Other("cheap-first", 0.508, lead: (-0.02, 0.08), saved: (-0.1, 0.2))]).Rule.ShouldBe(BoundaryRule.NotToldApart);

    [Fact]
    public void A_lead_over_every_baseline_is() =>
        Of([Own(0.6), Other("cheap-first", 0.5, lead: (0.05, 0.15), saved: (-1, 0)), Other("random", 0.4, lead: (0.1, 0.3), saved: (-1, 0))])
            .Rule.ShouldBe(BoundaryRule.Better);

    [Fact]
    public void As_good_for_less_is_saved_and_names_the_baseline()
    {
        var verdict = BoundaryVerdict.Of([Own(0.6), Other("cheap-first", 0.6, lead: (-0.01, 0.01), saved: (0.001, 0.002)), Other("random", 0.4, lead: (0.1, 0.3), saved: (-1, 0))], Rows, isAtMeanCosts: false);

        verdict.Rule.ShouldBe(BoundaryRule.AsGoodForLess);
        verdict.Against!.Policy.ShouldBe("cheap-first");
    }

    [Fact]
    public void What_succeeds_less_often_is_not_saved_however_cheap_it_is() =>
        Of([Own(0.59), Other("cheap-first", 0.6, lead: (-0.03, 0.01), saved: (0.1, 0.2))]).Rule.ShouldBe(BoundaryRule.Behind);

    [Fact]
    public void At_the_same_cost_the_mix_has_to_be_beaten_and_the_rest_not_to_be_better()
    {
        BoundaryVerdict.Of([Own(0.76), Other("random mix", 0.74, lead: (0.01, 0.04), saved: (0, 0)), Other("longest prompts", 0.758, lead: (-0.01, 0.02), saved: (0, 0))], Rows, isAtMeanCosts: true)
            .Rule.ShouldBe(BoundaryRule.BetterThanMix);
        BoundaryVerdict.Of([Own(0.76), Other("random mix", 0.75, lead: (-0.01, 0.04), saved: (0, 0)), Other("longest prompts", 0.7, lead: (0.01, 0.02), saved: (0, 0))], Rows, isAtMeanCosts: true)
            .Rule.ShouldBe(BoundaryRule.NotToldApart);
    }

    [Fact]
    public void Few_rows_are_too_few_however_good() =>
        BoundaryVerdict.Of([Own(0.9), Other("cheap-first", 0.5, lead: (0.3, 0.5), saved: (1, 2))], Rows - 1, isAtMeanCosts: false).Rule.ShouldBe(BoundaryRule.TooFewRows);

    private static BoundaryVerdict Of(IReadOnlyList<BoundaryFigures> figures) => BoundaryVerdict.Of(figures, Rows, isAtMeanCosts: false);

    private static BoundaryFigures Own(double success) => new("boundary", success, default, [], null);

    private static BoundaryFigures Other(string name, double success, (double Low, double High) lead, (double Low, double High) saved) =>
        new(name, success, default, [], new BoundaryLead((lead.Low + lead.High) / 2, new Interval(lead.Low, lead.High), (saved.Low + saved.High) / 2, new Interval(saved.Low, saved.High)));
}
