using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Evaluation.Pools;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation.Pools;

public sealed class PoolEvaluationTests
{
    private static readonly string[] Models = ["cheap", "dear", "bad"];

    [Fact]
    public void Single_models_and_the_oracle_are_what_the_table_says()
    {
        PoolEvaluation pool = Evaluate(Table(40));

        pool.Best.ShouldBe("dear");
        pool.PriceUnit.ShouldBe("usd a task");
        pool.Single.Select(router => router.Name).ShouldBe(["dear", "cheap", "bad"]);
        PoolRouter oracle = pool.Baselines.Single(router => router.Name == "oracle");
        oracle.Score.ShouldBe(1);
        // half of the rows need the dear model, the others take the cheap one
        oracle.Price!.Value.ShouldBe((0.5 * 0.10) + (0.5 * 0.01), 1e-12);
        pool.Baselines.Single(router => router.Name == "random").Price!.Value.ShouldBe((0.01 + 0.10 + 0.10) / 3, 1e-12);
    }

    [Fact]
    public void A_dearer_price_of_money_never_chooses_dearer_models()
    {
        PoolEvaluation pool = Evaluate(Table(60));

        foreach (var curve in pool.Trained.GroupBy(router => router.Name))
            curve.OrderBy(router => router.Lambda).Select(router => router.Price!.Value).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Without_prices_only_quality_is_measured()
    {
        OutcomeRow[] rows = [.. Table(40).Rows.Select(row => row with { Models = row.Models.ToDictionary(m => m.Key, m => m.Value with { Cost = null }) })];

        PoolEvaluation pool = Evaluate(new OutcomeTable(rows));

        pool.PriceUnit.ShouldBeNull();
        pool.Trained.ShouldAllBe(router => router.Lambda == 0 && router.Price == null);
    }

    private static PoolEvaluation Evaluate(OutcomeTable table) =>
        PoolEvaluation.Of(table, Models, TrainedPredictions.CrossValidate(table, Models, new EvaluationOptions { Folds = 2, Seed = 1 }, progress: null, CancellationToken.None), [], seed: 1);

    private static OutcomeTable Table(int rows) => new([.. Enumerable.Range(0, rows).Select(i => new OutcomeRow
    {
        Id = $"{i}",
        Prompt = i % 2 == 0 ? "An easy question" : "A hard question with many more words in it",
        Models = new Dictionary<string, ModelOutcome>
        {
            ["cheap"] = new() { Score = i % 2 == 0 ? 1 : 0, Cost = Money.FromUsd(0.01m) },
            ["dear"] = new() { Score = 1, Cost = Money.FromUsd(0.10m) },
            ["bad"] = new() { Score = 0, Cost = Money.FromUsd(0.10m) },
        },
    })]);
}
