using AgentRouter.Budgets;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Runs;

public sealed class RunReportTests
{
    private static readonly ModelProfile Small = new() { Name = "small-1", Tier = "small", Prices = new ModelPrices(1, 2) };
    private static readonly ModelProfile Large = new() { Name = "large-1", Tier = "large", Prices = new ModelPrices(10, 20) };

    [Fact]
    public async Task The_report_agrees_with_the_ledger_and_prices_the_same_tokens_at_the_largest_model()
    {
        var bench = new Bench
        {
            Budget = new Budget { Usd = 1 },
            Models = new ModelSet()
                .Add(Small, new FakeModel((_, _) => FakeModel.Text("s", 100, 10)))
                .Add(Large, new FakeModel((_, _) => FakeModel.Text("l", 200, 20))),
        };
        AgentDefinition careful = Def("careful") with { Tiers = ["large"] };

        RunResult result = await bench.RunAsync(Workflow(Agent("a", "b"), Agent("b", "c", careful), Agent("c"), Done()));
        RunReport report = RunReport.From(bench.Events);

        report.Cost.ShouldBe(result.Budget.Spent.Usd);
        report.Cost.ShouldBe(Money.FromUsd((2 * 120 + 2_400) / 1_000_000m));
        report.AlwaysLargeCost.ShouldBe(Money.FromUsd((2 * 1_200 + 2_400) / 1_000_000m));
        report.Calls.ShouldBe(3);
        report.Usage.ShouldBe(new TokenUsage(400, 0, 0, 40));
        report.Steps.Select(step => (step.Step, step.Node, step.Agent, step.Model, step.Answered)).ShouldBe(
            [(1, "a", "a", "small-1", true), (2, "b", "careful", "large-1", true), (3, "c", "c", "small-1", true)]);
        report.ByModel.Select(model => (model.Model, model.Tier, model.Calls, model.Cost)).ShouldBe(
            [("small-1", "small", 2, Money.FromUsd(0.00024m)), ("large-1", "large", 1, Money.FromUsd(0.0024m))]);
        report.Ended!.Answer.ShouldBe("s");
        report.Steps[0].Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_fallback_is_one_step_with_both_costs()
    {
        var bench = new Bench
        {
            Models = new ModelSet()
                .Add(Small, new FakeModel((_, _) => throw new ModelCallException(FailureClass.MalformedReply, "Not an answer.")))
                .Add(Large, new FakeModel((_, _) => FakeModel.Text("l", 200, 20))),
        };
        bench.Routing.Policy = FixedPolicy.AlwaysSmall;

        RunResult result = await bench.RunAsync(Workflow(Agent("a"), Done()));
        RunReport report = RunReport.From(bench.Events);

        ReportStep step = report.Steps.Single();
        step.Attempts.ShouldBe(2);
        step.Model.ShouldBe("large-1");
        step.Cost.ShouldBe(result.Budget.Spent.Usd);
        report.Calls.ShouldBe(2);
        report.AlwaysLargeCost.ShouldBe(result.Budget.Spent.Usd, "a call with unknown tokens counts with what was booked");
    }
}
