using AgentRouter.Routing.Evaluation.Caps;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation.Caps;

public sealed class AutoLadderTests
{
    [Theory]
    [InlineData("gpt-5-mini", "gpt")]
    [InlineData("openai/GPT-5", "gpt")]
    [InlineData("o3", "o")]
    [InlineData("qwen2.5-coder", "qwen")]
    [InlineData("7b", "7b")]
    public void A_family_is_what_a_name_begins_with(string model, string family) => AutoLadder.Family(model).ShouldBe(family);

    [Fact]
    public void Two_cheap_models_one_in_the_middle_and_the_top_one_each_of_another_family()
    {
        // name, tasks solved of ten, price
        (string Name, int Solved, decimal Usd)[] models =
        [
            ("top-1", 9, 1m), ("top-mini", 8, 0.05m), ("mid-1", 7, 0.4m), ("mid-2", 6, 0.3m),
            ("low-1", 5, 0.04m), ("low-2", 6, 0.06m), ("tiny-1", 4, 0.01m), ("nano-1", 3, 0.01m), ("dear-1", 8, 2m),
        ];
        var table = new OutcomeTable(
        [
            .. Enumerable.Range(0, 10).Select(row => new OutcomeRow
            {
                Id = $"{row}",
                Models = models.ToDictionary(model => model.Name, model => new ModelOutcome { Score = row < model.Solved ? 1 : 0, Cost = Money.FromUsd(model.Usd) }),
            }),
        ]);
        CapTable train = CapTable.Of(table, [.. models.Select(model => model.Name)]);

        AutoLadder.Of(train, [.. Enumerable.Range(0, models.Length)]).Select(model => models[model].Name).ShouldBe(["tiny-1", "low-2", "mid-1", "top-1"]);
    }
}
