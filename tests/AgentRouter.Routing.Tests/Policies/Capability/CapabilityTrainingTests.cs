using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Capability.Training;
using AgentRouter.Routing.Tests.Learning;

namespace AgentRouter.Routing.Tests.Policies.Capability;

public sealed class CapabilityTrainingTests
{
    private static readonly Dictionary<string, Money> Costs = new() { ["small"] = Money.FromUsd(0.01m), ["large"] = Money.FromUsd(0.1m) };

    [Fact]
    public void What_can_be_told_from_the_text_beats_random_mixing_and_length_at_the_same_cost()
    {
        CapabilityTrained trained = Train(Table());

        trained.BeatsBaselines.ShouldBeTrue();
        trained.Figures.Select(figures => figures.Name).ShouldBe(["capability", "by strengths", "by rules"]);
        trained.Figures[0].OverMixInterval.Low.ShouldBeGreaterThan(0);
        trained.Figures[0].Points.Zip(trained.Figures[0].Points.Skip(1)).ShouldAllBe(pair => pair.Second.Cost <= pair.First.Cost + 1e-12);
        trained.Card.Rows.ShouldBe(160);
        trained.Card.DataHash.ShouldNotBeEmpty();
        // the large model is always as good or better here; the kept threshold saves money without being worse
        CapabilityPoint kept = trained.Figures[0].Points.Single(point => point.Tau == trained.Model.Tau);
        kept.OverBest.ShouldBeGreaterThanOrEqualTo(0);
        kept.CostShare.ShouldBeLessThan(1);
    }

    [Fact]
    public void The_same_rows_and_seed_give_the_same_figures()
    {
        OutcomeTable table = Table(80);

        Train(table).Card.Metrics.ShouldBe(Train(table).Card.Metrics);
    }

    [Fact]
    public void Configured_strengths_are_taken_where_every_model_has_one()
    {
        CapabilityTrained trained = Train(LearningFixture.Table(60), new Dictionary<string, ModelStrengths>
        {
            ["small"] = new() { Code = 0.3, Tools = 0.2 },
            ["large"] = new() { Code = 0.7 },
        });

        trained.Model.StrengthOf("small", Strength.Code).ShouldBe(0.3);
        trained.Model.StrengthOf("large", Strength.Code).ShouldBe(0.7);
        trained.Model.StrengthOf("small", Strength.Tools).ShouldNotBe(0.2);
    }

    [Fact]
    public void A_table_shows_in_what_a_model_is_strong()
    {
        OutcomeRow[] rows = [.. Enumerable.Range(0, 200).Select(i => new OutcomeRow
        {
            Id = $"{i}",
            Prompt = i % 2 == 0 ? "Implement the function in a.cs" : "Prove it and explain why.",
            Models = new Dictionary<string, ModelOutcome> { ["coder"] = new() { Score = i % 2 == 0 ? 1 : 0 } },
        })];

        double[] strengths = TableStrengths.Of(rows, ["coder"])[0];

        strengths[(int)Strength.Code].ShouldBeGreaterThan(0.7);
        strengths[(int)Strength.Reasoning].ShouldBeLessThan(0.3);
        strengths[(int)Strength.Tools].ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void Without_costs_nothing_can_be_the_cheapest() =>
        Should.Throw<ConfigurationException>(() => CapabilityTraining.Train(LearningFixture.Table(), new CapabilityTrainingRequest { Files = ["t.jsonl"], Seed = 1 }, default))
            .Message.ShouldContain("--cost small=USD names the cost of a row");

    [Fact]
    public void One_model_is_no_choice() =>
        Should.Throw<ConfigurationException>(() => CapabilityTraining.Train(LearningFixture.Table(), new CapabilityTrainingRequest { Files = [], Ladder = ["small"], Costs = Costs, Seed = 1 }, default))
            .Message.ShouldContain("2 to 64 models, not 1");

    [Fact]
    public void The_best_mix_goes_along_the_upper_envelope()
    {
        // middle lies above the line from cheap to dear, bad below it
        OutcomeRow[] rows = [.. Enumerable.Range(0, 2).Select(i => new OutcomeRow { Id = $"{i}", Prompt = i == 0 ? "long one" : "short", Models = new Dictionary<string, ModelOutcome>() })];
        double[] scores = [0.2, 0.6, 0.8, 0.3], costs = [1, 2, 5, 4];
        var baselines = new EqualCost(rows, [scores, scores], [costs, costs]);

        baselines.Mix(1).Average().ShouldBe(0.2, 1e-9);
        baselines.Mix(1.5).Average().ShouldBe(0.4, 1e-9);
        baselines.Mix(3.5).Average().ShouldBe(0.7, 1e-9);
        baselines.Mix(9).Average().ShouldBe(0.8, 1e-9);
        baselines.Length(1).ShouldBe([0.2, 0.2]);
        baselines.Length(3).ShouldBe([0.8, 0.2]);
        baselines.Length(5).ShouldBe([0.8, 0.8]);
    }

    // what is asked for tells the rows apart, their length does not
    private static OutcomeTable Table(int rows = 160) => new([.. Enumerable.Range(0, rows).Select(i => new OutcomeRow
    {
        Id = $"{i}",
        Prompt = $"{(i % 3 == 0 ? "Prove the sum" : "Name a city")} of {i} {new string('z', i * 37 % 60)}",
        Models = new Dictionary<string, ModelOutcome> { ["small"] = new() { Score = i % 3 == 0 ? 0 : 1 }, ["large"] = new() { Score = i % 20 == 0 ? 0 : 1 } },
    })]);

    private static CapabilityTrained Train(OutcomeTable table, Dictionary<string, ModelStrengths>? strengths = null) =>
        CapabilityTraining.Train(table, new CapabilityTrainingRequest { Files = ["t.jsonl"], Costs = Costs, Folds = 2, Strengths = strengths ?? [], Predictor = LearningFixture.Quick, Seed = 1 }, default);
}
