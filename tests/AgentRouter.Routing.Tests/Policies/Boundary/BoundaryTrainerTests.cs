using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;

namespace AgentRouter.Routing.Tests.Policies.Boundary;

public sealed class BoundaryTrainerTests
{
    private static readonly BoundaryRung[] Ladder = [new("small", "small"), new("large", "large")];

    [Fact]
    public void Classes_hold_how_often_each_set_of_models_is_right()
    {
        // of ten steps small does two, large the same two and six more, none the rest
        OutcomeTable table = Table(10, i => i < 2, i => i < 8);

        BoundaryClass of = BoundaryTrainer.Train(table, Ladder, row => row.Group, isVerified: false).Classes.ShouldHaveSingleItem();

        of.Share.ShouldBe(1);
        of.Success(0, failed: 0).ShouldBe(0.2, 0.05);
        of.Success(1, failed: 0).ShouldBe(0.8, 0.05);
        // after small failed, six of the eight that are left
        of.Success(1, failed: 1).ShouldBe(0.75, 0.05);
        of.MeanCost(1).ShouldBe(0.05, 1e-9);
    }

    [Fact]
    public void The_hazard_says_after_which_step_tasks_end()
    {
        // half of the tasks last two steps, half of them four
        var rows = new List<OutcomeRow>();
        for (int task = 0; task < 200; task++)
        {
            for (int step = 1; step <= (task % 2 == 0 ? 2 : 4); step++)
                rows.Add(Row($"{task}/{step}", "g", true, true) with { Task = $"{task}", Step = step });
        }

        IReadOnlyList<double> hazard = BoundaryTrainer.Train(new OutcomeTable(rows), Ladder, row => row.Group, isVerified: false).Hazard;

        hazard.Count.ShouldBe(4);
        hazard[0].ShouldBeLessThan(0.01);
        hazard[1].ShouldBe(0.5, 0.01);
        hazard[2].ShouldBeLessThan(0.01);
        hazard[3].ShouldBe(1);
    }

    [Fact]
    public void A_class_of_few_rows_is_not_told_apart()
    {
        OutcomeTable table = new([.. Table(20, _ => true, _ => true).Rows, Row("rare", "rare", false, false)]);

        BoundaryTrainer.Train(table, Ladder, row => row.Group, isVerified: false).Classes.Select(of => of.Name).ShouldBe(["g", BoundaryTrainer.Other]);
    }

    [Fact]
    public void What_was_never_seen_is_not_impossible()
    {
        BoundaryModel model = BoundaryTrainer.Train(Table(10, _ => true, _ => true), Ladder, row => row.Group, isVerified: true);

        model.Classes[0].Success(0, 0).ShouldBeInRange(0.9, 0.999);
        model.Classes[0].Success(1, failed: 1).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_table_without_costs_is_refused_with_the_place_and_a_way_out()
    {
        var row = new OutcomeRow
        {
            Id = "a",
            Location = "outcomes.jsonl:7",
            Models = new Dictionary<string, ModelOutcome> { ["small"] = new() { Score = 1 }, ["large"] = new() { Score = 1 } },
        };

        Should.Throw<ConfigurationException>(() => BoundaryTrainer.Train(new OutcomeTable([row]), Ladder, _ => "g", isVerified: false))
            .Message.ShouldBe("outcomes.jsonl:7: 'small' has no 'costUsd'. A budget can only be planned where costs are known; --cost small=USD names the cost of a row.");
    }

    [Fact]
    public void On_steps_that_tell_the_models_apart_the_trained_policy_beats_its_baselines_at_hard_caps()
    {
        // easy steps are done by both, hard ones by large alone; tasks have two to four steps
        var random = new Random(5);
        var rows = new List<OutcomeRow>();
        for (int task = 0; task < 120; task++)
        {
            int steps = random.Next(2, 5);
            for (int step = 1; step <= steps; step++)
            {
                bool hard = random.Next(2) == 0;
                rows.Add(Row($"{task}/{step}", hard ? "hard" : "easy", random.NextDouble() < (hard ? 0.1 : 0.95), random.NextDouble() < 0.95) with { Task = $"{task}", Step = step });
            }
        }

        var request = new BoundaryTrainingRequest { Files = ["made.jsonl"], Seed = 1 };
        BoundaryTrained trained = BoundaryTraining.Train(new OutcomeTable(rows), request, CancellationToken.None);

        trained.Verdict.Rule.ShouldBe(BoundaryRule.Better);
        trained.Figures[0].Success.ShouldBeGreaterThan(trained.Figures.Skip(1).Max(entry => entry.Success) + 0.05);
        foreach (BoundaryCapFigures cap in trained.Figures.SelectMany(entry => entry.Caps))
            cap.Usd.ShouldBeLessThanOrEqualTo((double)cap.Cap.ToUsd());
        (trained.Taxonomy.Easy + trained.Taxonomy.Hard + trained.Taxonomy.Intractable).ShouldBe(rows.Count);
    }

    [Fact]
    public void Tasks_of_one_step_are_measured_by_what_they_cost_on_average()
    {
        // the word tells which tasks need the large model
        OutcomeRow[] rows = [.. Enumerable.Range(0, 200).Select(i => Row($"{i}", "g", i % 2 == 0, true) with { Prompt = i % 2 == 0 ? $"add {i} and 1" : $"prove theorem {i}" })];

        BoundaryTrained trained = BoundaryTraining.Train(new OutcomeTable(rows), new BoundaryTrainingRequest { Files = [], Seed = 1, ByRisk = true }, CancellationToken.None);

        trained.IsAtMeanCosts.ShouldBeTrue();
        trained.Model.Risk.ShouldNotBeNull();
        trained.Verdict.Rule.ShouldBe(BoundaryRule.Better);
        // half of the money pays for the large model exactly where it is needed
        trained.Figures[0].Caps[2].Success.ShouldBeGreaterThan(0.95);
        trained.Figures[1].Caps[2].Success.ShouldBe(0.75, 0.01);
    }

    [Fact]
    public void Training_twice_gives_the_same_model_and_card()
    {
        OutcomeTable table = Table(60, i => i % 3 == 0, i => i % 3 != 2);
        var request = new BoundaryTrainingRequest { Files = ["made.jsonl"], Seed = 1 };

        BoundaryTrained one = BoundaryTraining.Train(table, request, CancellationToken.None), two = BoundaryTraining.Train(table, request, CancellationToken.None);

        Write(one).ShouldBe(Write(two));
    }

    private static byte[] Write(BoundaryTrained trained) =>
        Routing.PolicyFiles.PolicyFile.Write("boundary", trained.Card, json => BoundaryModelJson.Write(json, trained.Model));

    private static OutcomeTable Table(int rows, Func<int, bool> small, Func<int, bool> large) =>
        new([.. Enumerable.Range(0, rows).Select(i => Row($"{i}", "g", small(i), large(i)))]);

    private static OutcomeRow Row(string id, string group, bool small, bool large) => new()
    {
        Id = id,
        Group = group,
        Models = new Dictionary<string, ModelOutcome>
        {
            ["small"] = new() { Score = small ? 1 : 0, Cost = Money.FromUsd(0.01m) },
            ["large"] = new() { Score = large ? 1 : 0, Cost = Money.FromUsd(0.05m) },
        },
    };
}
