using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Routing.Tests.Evaluation.Switching;

public sealed class SwitchReportTests
{
    private static readonly ModelProfile Weak = new()
    {
        Name = "weak",
        Tier = "weak",
        Prices = new ModelPrices(1m, 5m, 0.1m, 1.25m),
        CacheTimeToLive = TimeSpan.FromMinutes(5),
        CacheMinimumTokens = 0,
    };

    private static readonly ModelProfile Strong = Weak with { Name = "strong", Tier = "strong", Prices = new ModelPrices(5m, 25m, 0.5m, 6.25m) };

    private static readonly SwitchPair Pair = new(Weak, Strong, TimeSpan.FromSeconds(10));

    [Fact]
    public void A_replayed_plan_is_the_sum_of_its_calls_with_a_cache_for_each_model()
    {
        var replay = new RunReplay(Run(1_000, 2_000, 3_000, 4_000), Pair, recordedStrong: null);
        ReplayCost cost = replay.Of([true, false, true, false], [true, true, true, true]);
        cost.Usd.ShouldBe(
            Strong.Prices.CostOf(new TokenUsage(0, 0, 1_000, 10)) + Weak.Prices.CostOf(new TokenUsage(0, 0, 2_000, 10))
            + Strong.Prices.CostOf(new TokenUsage(0, 1_000, 2_000, 10)) + Weak.Prices.CostOf(new TokenUsage(0, 2_000, 2_000, 10)));
        cost.Uncached.ShouldBe(Strong.Prices.CostOf(new TokenUsage(0, 0, 3_000, 0)) + Weak.Prices.CostOf(new TokenUsage(0, 0, 4_000, 0)));
        (cost.StrongSteps, cost.Missed).ShouldBe((2, 2));
        cost.With(Money.FromUsd(1)).ShouldBe(cost.Usd + Money.FromUsd(2));
    }

    [Fact]
    public void A_cache_is_gone_after_its_time_and_a_prefix_of_other_runs_is_there_for_the_recorded_model_alone()
    {
        RecordedRun run = Run(1_000, 2_000);
        run = run with { Steps = [run.Steps[0] with { CachedTokens = 600, Time = DateTimeOffset.UnixEpoch }, run.Steps[1] with { Time = DateTimeOffset.UnixEpoch.AddMinutes(6) }] };
        new RunReplay(run, Pair, recordedStrong: false).Of([false, false]).Usd.ShouldBe(
            Weak.Prices.CostOf(new TokenUsage(0, 600, 400, 10)) + Weak.Prices.CostOf(new TokenUsage(0, 0, 2_000, 10)));
        new RunReplay(run, Pair, recordedStrong: false).Of([true, true]).Usd.ShouldBe(
            Strong.Prices.CostOf(new TokenUsage(0, 0, 1_000, 10)) + Strong.Prices.CostOf(new TokenUsage(0, 0, 2_000, 10)));
    }

    [Fact]
    public void The_best_single_switch_is_the_best_of_all_plans_with_one_change()
    {
        var random = new Random(7);
        for (int round = 0; round < 50; round++)
        {
            int steps = random.Next(1, 9);
            var replay = new RunReplay(Run([.. Enumerable.Range(1, steps).Select(i => i * 1_000L + random.Next(500))]), Pair, recordedStrong: null);
            bool[] wishes = [.. Enumerable.Range(0, steps).Select(_ => random.Next(2) == 0)];
            var worth = Money.FromUsd(random.Next(1, 20) / 1_000m);
            var all = from first in new[] { false, true }
                      from at in Enumerable.Range(0, steps + 1)
                      select replay.Of([.. Enumerable.Range(0, steps).Select(step => step < at ? first : !first)], wishes).With(worth);
            SingleSwitch.Best(replay, wishes, worth).ShouldBe(all.Min());
        }
    }

    [Fact]
    public void The_planner_follows_what_is_worth_it_and_refuses_what_is_not()
    {
        RecordedRun[] runs = [.. Enumerable.Range(0, 30).Select(_ => Run([.. Enumerable.Range(1, 10).Select(i => 2_000L + 500 * i)]))];
        SwitchReport report = SwitchReport.Of(runs, Pair, null, [Money.FromUsd(0.0001m), Money.FromUsd(1m)], seed: 1, default);
        foreach (PlannerRow row in report.Planner)
        {
            row.StrongShare.ShouldBe(row.WorthUsd < 0.01 ? 0 : report.Plans.Single(plan => plan.Plan == row.Wishes).StrongShare, $"{row.Wishes} at {row.WorthUsd}");
            row.PlannerUsd.ShouldBeLessThanOrEqualTo(row.NeverSwitchingUsd * 1.0001);
            row.OfBest.ShouldBeLessThanOrEqualTo(1.05);
        }

        report.Plans.Single(plan => plan.Plan == "always weak").OfAlwaysStrong.ShouldBe(0.2, 1e-9, "all four prices are a fifth");
        report.StrongUncachedUsd.ShouldBeGreaterThan(report.Plans[0].Usd);
        report.Moves.Count.ShouldBe(6);
        report.Moves[0].BreakEvenUsd.ShouldBe(report.Moves[0].ExtraUsd / 9, 1e-12);
        report.RecordedUsd.ShouldBeNull();
    }

    [Fact]
    public void Runs_of_another_model_are_left_out_by_name()
    {
        RecordedRun[] runs = [Run(1_000) with { Model = "weak" }, Run(1_000, 2_000) with { Model = "strong" }];
        SwitchReport.Of(runs, Pair, "weak", null, 1, default).Steps.ShouldBe(1);
        Should.Throw<ConfigurationException>(() => SwitchReport.Of(runs, Pair, "other", null, 1, default)).Message
            .ShouldBe("No run was recorded with 'other'. The runs are of strong, weak.");
        Should.Throw<ConfigurationException>(() => SwitchReport.Of([Run()], Pair, null, null, 1, default)).Message.ShouldBe("None of the runs has a step.");
    }

    private static RecordedRun Run(params long[] prompts) => new()
    {
        Id = "r",
        Task = "t",
        Location = "here:1",
        Steps = [.. prompts.Select(prompt => new RecordedStep { PromptTokens = prompt, OutputTokens = 10 })],
    };
}
