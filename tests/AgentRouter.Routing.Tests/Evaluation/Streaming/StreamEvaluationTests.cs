using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Streaming;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation.Streaming;

public sealed class StreamEvaluationTests
{
    private static readonly string[] Models = ["a", "b", "c"];

    // each group has a model that is right nine times in ten; the others are right three times in ten
    private static OutcomeTable MadeUp(int rows, int seed = 1)
    {
        var random = new Random(seed);
        return new OutcomeTable([.. Enumerable.Range(0, rows).Select(i => new OutcomeRow
        {
            Id = $"set{i % 3}_{i}",
            Group = "g" + i % 3,
            Models = Models.Select((name, model) => (name, right: random.NextDouble() < (model == i % 3 ? 0.9 : 0.3)))
                .ToDictionary(pair => pair.name, pair => new ModelOutcome { Score = pair.right ? 1 : 0, Cost = Money.FromUsd(0.01m) }),
        })]);
    }

    private static StreamOptions Options(int warm = 0) => new() { Models = Models, Orders = 4, Seed = 7, Warm = warm, SuccessValueUsd = 10 };

    private static StreamFigures Run(OutcomeTable table, StreamOptions options, OutcomeTable? warmFrom = null) =>
        StreamEvaluation.Run(table, warmFrom, options, CancellationToken.None);

    [Fact]
    public void The_bandit_learns_a_stream_and_a_warm_up_spares_it_the_trying()
    {
        StreamFigures figures = Run(MadeUp(600), Options(warm: 60));
        double Regret(string policy) => figures.Policies.Single(of => of.Policy == policy).Regret;
        double always = figures.Policies.Where(of => of.Policy.StartsWith("always", StringComparison.Ordinal)).Min(of => of.Regret);
        Regret("oracle").ShouldBe(0);
        Regret("bandit").ShouldBeLessThan(0.5 * Regret("random"));
        Regret("bandit").ShouldBeLessThan(0.6 * always);
        Regret("bandit, warmed up").ShouldBeLessThan(Regret("bandit"));
        figures.Tasks.ShouldBe(540);
        figures.Sources.ShouldBe(3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        StreamFigures one = Run(MadeUp(100), Options()), other = Run(MadeUp(100), Options());
        one.Policies.ShouldBe(other.Policies);
    }

    [Fact]
    public void A_table_of_its_own_warms_up_without_shortening_the_stream()
    {
        StreamFigures figures = Run(MadeUp(90), Options(), MadeUp(60, seed: 2));
        (figures.Tasks, figures.Warm).ShouldBe((90, 60));
        figures.Policies.ShouldContain(policy => policy.Policy == "frozen table of the warm-up");
    }

    [Fact]
    public void Without_all_costs_only_scores_count()
    {
        var table = new OutcomeTable([.. MadeUp(30).Rows.Select(row => row with { Models = row.Models.ToDictionary(pair => pair.Key, pair => pair.Value with { Cost = null }) })]);
        Run(table, Options()).CostsKnown.ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Should.Throw<ConfigurationException>(() => Run(MadeUp(30), Options() with { Models = ["a"] })).Message.ShouldContain("one model only");
        Should.Throw<ConfigurationException>(() => Run(MadeUp(30), Options() with { Models = ["a", "d"] })).Message.ShouldContain("'d'");
        Should.Throw<ConfigurationException>(() => Run(MadeUp(30), Options(warm: 30))).Message.ShouldContain("more tasks than there are: 29");
    }

    [Theory]
    [InlineData("dim_set_{0}", 2)]
    [InlineData("row{0}", 0)]
    public void A_source_is_the_longest_beginning_of_the_ids_that_many_rows_share(string id, int parts)
    {
        OutcomeRow[] rows = [.. Enumerable.Range(0, 40).Select(i => new OutcomeRow { Id = string.Format(null, id, i), Models = new Dictionary<string, ModelOutcome>() })];
        RowSources.Of(rows).Distinct().ShouldHaveSingleItem().ShouldBe(parts == 2 ? "dim_set" : "");
    }
}
