using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Caps;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation.Caps;

public sealed class CapStudyTests
{
    private static readonly CapSettings Settings = new()
    {
        Ladder = ["a", "b"],
        Caps = [Money.FromUsd(0.3m), null],
        Verifier = new CapVerifier(0.2, 0.1),
        Folds = 2,
        Seed = 1,
    };

    // a solves every second task for 10 cents, b all of them for 20
    private static OutcomeTable Table(int rows = 40) =>
        CapTables.Outcomes([.. Enumerable.Range(0, rows).Select(row => new[] { (row % 2 == 0, 0.1m), (true, 0.2m) })]);

    [Fact]
    public void Every_policy_is_measured_beside_its_baselines()
    {
        CapReport report = CapStudy.Run(Table(), null, Settings);

        report.Caps.Select(section => section.CapUsd).ShouldBe([0.3m, null]);
        foreach (CapSection section in report.Caps)
        {
            section.Policies.ShouldAllBe(policy => policy.OverCap == 0);
            Success(section, "a").ShouldBe(0.5);
            Success(section, "b").ShouldBe(1);
            Success(section, "weak first, then strong").ShouldBe(0.9, 1e-12);
            Success(section, "ladder, median reserve").ShouldBe(0.9, 1e-12);
            Success(section, "oracle").ShouldBe(1);
            section.Policies.Single(policy => policy.Policy == "a").ToStrong.Mean.ShouldBe(-0.5);
            section.Policies.Single(policy => policy.Policy == "b").ToWeakFirst.Mean.ShouldBe(0.1, 1e-12);
        }

        report.StrongUsd.ShouldBe(0.2, 1e-12);
        report.Verifiers[0].Success.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void What_a_rung_adds_is_priced_by_the_success_it_adds()
    {
        CapReport report = CapStudy.Run(Table(), null, Settings);
        // b runs for a tenth of what a solved and for eight tenths of what it did not: 0.45 · $0.20 for 0.4 more successes
        report.Rungs[1].UsdPerSuccess!.Value.ShouldBe(0.45 * 0.2 / 0.4, 1e-12);
    }

    [Fact]
    public void The_random_mix_costs_what_the_ladder_costs()
    {
        CapSection section = CapStudy.Run(Table(), null, Settings).Caps[1];
        CapFigures mix = section.Policies.Single(policy => policy.Policy.StartsWith("random mix", StringComparison.Ordinal));
        CapFigures ladder = section.Policies.Single(policy => policy.Policy == "ladder, median reserve");
        mix.Usd.ShouldBe(ladder.Usd, 1e-12);
        mix.Success.ShouldBe(0.5 + 0.5 * (ladder.Usd - 0.1) / 0.1, 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        static string Figures() => string.Join('\n', CapStudy.Run(Table(), null, Settings).Caps.SelectMany(section => section.Policies));
        Figures().ShouldBe(Figures());
    }

    [Fact]
    public void A_training_table_takes_the_place_of_folds_and_shares_no_task_with_the_data()
    {
        OutcomeTable train = new([.. Table(4).Rows.Select(row => row with { Id = "train-" + row.Id })]);
        CapStudy.Run(Table(), train, Settings with { Ladder = [] }).Chosen.ShouldHaveSingleItem().Parts.ShouldBe(1);
        Should.Throw<ConfigurationException>(() => CapStudy.Run(Table(), Table(2), Settings)).Message.ShouldContain("'task-0' is in the training table and in the data");
    }

    [Fact]
    public void What_cannot_be_replayed_is_named_with_its_row()
    {
        var noCost = new OutcomeTable([new OutcomeRow { Id = "x", Location = "t.jsonl:7", Models = new Dictionary<string, ModelOutcome> { ["a"] = new() { Score = 1 }, ["b"] = new() { Score = 1 } } }]);
        Error(noCost, Settings).ShouldContain("t.jsonl:7: the outcome of 'a' has no cost");
        Error(Table(), Settings with { Ladder = ["a", "bb"] }).ShouldContain("no model 'bb'");
        Error(Table(2), Settings).ShouldContain("too few to train on");

        static string Error(OutcomeTable table, CapSettings settings) => Should.Throw<ConfigurationException>(() => CapStudy.Run(table, null, settings)).Message;
    }

    private static double Success(CapSection section, string policy) => section.Policies.Single(entry => entry.Policy == policy).Success;
}
