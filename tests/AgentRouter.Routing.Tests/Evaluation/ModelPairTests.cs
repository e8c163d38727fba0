using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation;

public sealed class ModelPairTests
{
    // the worst model is not the cheapest
    private static readonly OutcomeTable Table = new([.. Enumerable.Range(0, 10).Select(i => new OutcomeRow
    {
        Id = $"{i}",
        Models = new Dictionary<string, ModelOutcome> { ["old"] = Of(i < 1, 0.3m), ["cheap"] = Of(i < 5, 0.01m), ["top"] = Of(i < 8, 0.2m) },
    })]);

    [Fact]
    public void The_weak_model_is_the_cheapest_and_the_strong_one_the_best() => ModelPair.Of(Table, null, null).ShouldBe(new ModelPair("cheap", "top"));

    [Fact]
    public void Without_costs_the_weak_model_is_the_one_with_the_lowest_score() =>
        ModelPair.Of(new OutcomeTable([.. Table.Rows.Select(row => row with { Models = row.Models.ToDictionary(entry => entry.Key, entry => entry.Value with { Cost = null }) })]), null, null)
            .ShouldBe(new ModelPair("old", "top"));

    [Fact]
    public void A_pair_that_is_none_is_refused()
    {
        Should.Throw<ConfigurationException>(() => ModelPair.Of(Table, "top", "top")).Message.ShouldContain("are the same model, 'top'");
        Should.Throw<ConfigurationException>(() => ModelPair.Of(Table, "top", "cheap")).Message.ShouldStartWith("The weak model 'top' has the higher score, 80.0 % against 50.0 % of 'cheap'");
        Should.Throw<ConfigurationException>(() => ModelPair.Of(Table, "top", null)).Message.ShouldStartWith("The weak model 'top' has the higher score");
    }

    private static ModelOutcome Of(bool isRight, decimal usd) => new() { Score = isRight ? 1 : 0, Cost = Money.FromUsd(usd) };
}
