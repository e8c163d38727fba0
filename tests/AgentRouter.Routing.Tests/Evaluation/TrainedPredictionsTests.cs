using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Evaluation.Pairs;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Tests.Learning;

namespace AgentRouter.Routing.Tests.Evaluation;

public sealed class TrainedPredictionsTests
{
    [Fact]
    public void A_router_is_not_measured_on_what_it_was_trained_on() =>
        Should.Throw<ConfigurationException>(() => TrainedPredictions.Of(LearningFixture.Table(), LearningFixture.Table(), LearningFixture.Models, seed: 1, CancellationToken.None))
            .Message.ShouldContain("is trained on too");

    [Fact]
    public void What_is_trained_apart_recovers_the_gap()
    {
        OutcomeTable all = LearningFixture.Table(240), train = new([.. all.Rows.Take(160)]), test = new([.. all.Rows.Skip(160)]);

        var predictions = TrainedPredictions.Of(train, test, LearningFixture.Models, seed: 1, CancellationToken.None);
        PairEvaluation pair = PairEvaluation.Of(test, "small", "large", [predictions], [], quality: 1, seed: 1);

        pair.Routers.Single(router => router.Name == "boundary").Apgr.ShouldBeGreaterThan(0.9);
        pair.Routers.Single(router => router.Name == "random").Apgr.ShouldBe(0.5, 1e-9);
        pair.Routers.Select(router => router.Name).ShouldBe(["random", "length", "group", "lr", "et", "boundary", "oracle"]);
    }

    [Fact]
    public void Two_models_that_are_equally_good_leave_nothing_to_recover()
    {
        OutcomeRow[] rows = [.. LearningFixture.Table(40).Rows.Select(row => row with { Models = new Dictionary<string, ModelOutcome> { ["small"] = new() { Score = 1 }, ["large"] = new() { Score = 1 } } })];
        var table = new OutcomeTable(rows);
        IReadOnlyList<TrainedPredictions> predictions = TrainedPredictions.CrossValidate(table, LearningFixture.Models, new EvaluationOptions { Folds = 2 }, progress: null, CancellationToken.None);

        Should.Throw<ConfigurationException>(() => PairEvaluation.Of(table, "small", "large", predictions, [], quality: 1, seed: 1)).Message.ShouldContain("the same mean score");
    }
}
