using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;
using CsCheck;

namespace AgentRouter.Routing.Tests.Costs;

public sealed class SwitchPlannerTests
{
    private static readonly ModelProfile Strong = new()
    {
        Name = "strong",
        Tier = "large",
        Prices = new ModelPrices(input: 5m, output: 25m, cachedRead: 0.5m, cacheWrite: 6.25m),
        CacheTimeToLive = TimeSpan.FromMinutes(5),
        CacheMinimumTokens = 1_000,
    };

    private static readonly ModelProfile Weak = Strong with { Name = "weak", Tier = "small", Prices = new ModelPrices(1m, 5m, 0.1m, 1.25m) };

    private static readonly SwitchSituation Situation = new()
    {
        Current = Strong,
        Other = Weak,
        PromptTokens = 10_000,
        CurrentCachedTokens = 9_000,
        GrowthTokens = 1_000,
        OutputTokens = 100,
    };

    [Fact]
    public void Both_plans_are_the_sums_of_their_calls_in_four_buckets()
    {
        SwitchVerdict verdict = Planner(calls: 3).Weigh(Situation);

        verdict.Stay.ShouldBe(
            Strong.Prices.CostOf(new TokenUsage(0, 9_000, 1_000, 100))
            + Strong.Prices.CostOf(new TokenUsage(0, 10_000, 1_000, 100))
            + Strong.Prices.CostOf(new TokenUsage(0, 11_000, 1_000, 100)));
        verdict.Switch.ShouldBe(
            Weak.Prices.CostOf(new TokenUsage(0, 0, 10_000, 100))
            + Weak.Prices.CostOf(new TokenUsage(0, 10_000, 1_000, 100))
            + Weak.Prices.CostOf(new TokenUsage(0, 11_000, 1_000, 100)));
        verdict.LostCache.ShouldBe(Weak.Prices.CostOf(new TokenUsage(0, 0, 9_000, 0)) - Weak.Prices.CostOf(new TokenUsage(0, 9_000, 0, 0)));
        verdict.Calls.ShouldBe(3);
        verdict.Gain.ShouldBe(verdict.Stay - verdict.Switch);
    }

    [Fact]
    public void The_reason_says_what_is_lost_and_what_is_saved()
    {
        SwitchVerdict verdict = Planner(calls: 3).Weigh(Situation);
        verdict.Reason.ShouldBe("switching costs $0.0104 in lost cache and saves $0.0330 over 3 calls");
        Planner(calls: 1).Weigh(Situation with { Current = Weak, Other = Strong, WorthPerCall = Money.FromUsd(0.02m) })
            .Reason.ShouldBe("switching costs $0.0518 in lost cache and $0.0106 more to run over 1 call, and is worth $0.0200");
        Planner(calls: 1).Weigh(Situation with { WorthPerCall = Money.FromUsd(-0.02m) }).Reason.ShouldEndWith("over 1 call, and does worse by $0.0200");
    }

    [Fact]
    public void A_gap_longer_than_the_time_to_live_costs_the_whole_prompt_at_each_call()
    {
        SwitchVerdict verdict = Planner(calls: 2).Weigh(Situation with { CurrentCachedTokens = 0, Gap = TimeSpan.FromMinutes(6) });
        verdict.Stay.ShouldBe(
            Strong.Prices.CostOf(new TokenUsage(0, 0, 10_000, 100)) + Strong.Prices.CostOf(new TokenUsage(0, 0, 11_000, 100)));
    }

    [Fact]
    public void A_prompt_below_the_least_prefix_is_neither_written_nor_read()
    {
        ModelProfile picky = Strong with { CacheMinimumTokens = 10_500 };
        SwitchVerdict verdict = Planner(calls: 3).Weigh(Situation with { Current = picky, CurrentCachedTokens = 0 });
        verdict.Stay.ShouldBe(
            Strong.Prices.CostOf(new TokenUsage(10_000, 0, 0, 100))
            + Strong.Prices.CostOf(new TokenUsage(0, 0, 11_000, 100))
            + Strong.Prices.CostOf(new TokenUsage(0, 11_000, 1_000, 100)));
    }

    [Fact]
    public void Calls_count_with_the_probability_that_it_comes_to_them()
    {
        SwitchVerdict verdict = new SwitchPlanner(new() { Hazard = new Fixed(0.5), Horizon = 2 }).Weigh(Situation);
        verdict.Stay.Picodollars.ShouldBe((long)(
            Strong.Prices.CostOf(new TokenUsage(0, 9_000, 1_000, 100)).Picodollars
            + 0.5 * Strong.Prices.CostOf(new TokenUsage(0, 10_000, 1_000, 100)).Picodollars));
        verdict.Calls.ShouldBe(1.5);
        new SwitchPlanner(new() { Hazard = new Fixed(0) }).Weigh(Situation with { WishLasts = 0 }).Calls.ShouldBe(1);
    }

    [Fact]
    public void Moving_a_long_context_to_the_dear_model_is_not_paid_by_what_its_calls_are_worth()
    {
        // 27,000 tokens written to the cache of a model at $3.75 per million: $0.101 before it has said a word
        ModelProfile sonnet = Strong with { Prices = new ModelPrices(3m, 15m, 0.3m, 3.75m) };
        SwitchVerdict verdict = Planner(calls: 3).Weigh(Situation with
        {
            Current = Weak,
            Other = sonnet,
            PromptTokens = 27_000,
            CurrentCachedTokens = 26_000,
            WorthPerCall = Money.FromUsd(0.03m),
        });
        verdict.LostCache.ToUsd().ShouldBe(0.0897m, 0.0001m);
        verdict.Gain.IsNegative.ShouldBeTrue();
    }

    [Fact]
    public void Following_the_planner_never_costs_more_than_never_changing()
    {
        Gen<ModelProfile> model =
            from input in Gen.Int[0, 10_000_000]
            from output in Gen.Int[0, 50_000_000]
            from read in Gen.Int[0, 10_000_000]
            from write in Gen.Int[0, 12_000_000]
            from minimum in Gen.Int[0, 5_000]
            from caches in Gen.Bool
            select new ModelProfile
            {
                Name = "m",
                Tier = "t",
                Prices = new ModelPrices(input / 1_000_000m, output / 1_000_000m, read / 1_000_000m, write / 1_000_000m),
                CacheMinimumTokens = minimum,
                CacheTimeToLive = caches ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
            };
        Gen.Select(model, model, Gen.Int[1, 12], Gen.Int[0, 20_000], Gen.Int[0, 3_000], Gen.Int[0, 500]).Sample((first, second, calls, prompt, growth, output) =>
        {
            Money followed = Run(first, second, calls, prompt, growth, output, follows: true);
            Money stayed = Run(first, second, calls, prompt, growth, output, follows: false);
            return followed <= stayed;
        });
    }

    [Fact]
    public void Where_wishes_return_a_change_that_does_not_pay_once_can_pay_over_all_of_them()
    {
        SwitchSituation once = Situation with { Current = Weak, Other = Strong, WishLasts = 0, WorthPerCall = Money.FromUsd(0.03m) };
        SwitchPlanner planner = Planner(calls: 20);
        planner.Weigh(once).Gain.IsNegative.ShouldBeTrue();

        SwitchVerdict returning = planner.Weigh(once with { WishReturns = 1 });
        returning.FollowsWishes.ShouldBeTrue();
        returning.Gain.ShouldBeGreaterThan(Money.Zero);
        returning.Worth.ShouldBe(Money.FromUsd(0.3m), "every other of 20 calls");
        returning.Reason.ShouldContain("over 20 calls of following wishes");
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SwitchPlanner(new() { Horizon = 0 }));
        var planner = new SwitchPlanner();
        Should.Throw<ArgumentOutOfRangeException>(() => planner.Weigh(Situation with { PromptTokens = -1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => planner.Weigh(Situation with { GrowthTokens = -1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => planner.Weigh(Situation with { OutputTokens = -1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => planner.Weigh(Situation with { WishLasts = double.NaN }));
    }

    private static Money Run(ModelProfile first, ModelProfile second, int calls, long prompt, long growth, long output, bool follows)
    {
        SwitchPlanner planner = Planner(calls);
        ModelProfile[] models = [first, second];
        long[] cached = [0, 0];
        int current = 0;
        Money total = Money.Zero;
        for (int call = 1; call <= calls; call++, prompt += growth)
        {
            int other = 1 - current;
            SwitchVerdict verdict = planner.Weigh(new SwitchSituation
            {
                Current = models[current],
                CurrentCachedTokens = cached[current],
                Other = models[other],
                OtherCachedTokens = cached[other],
                PromptTokens = prompt,
                GrowthTokens = growth,
                OutputTokens = output,
                Call = call,
            });
            if (follows && verdict.Gain > Money.Zero)
                current = other;
            total += CostModel.Expected(models[current], prompt, cached[current], output);
            cached[current] = SwitchPlanner.Kept(models[current], prompt, TimeSpan.Zero);
        }

        return total;
    }

    private static SwitchPlanner Planner(int calls) => new(new SwitchPlannerOptions { Hazard = new EndsAt(calls) });

    private sealed class EndsAt(int calls) : IStepHazard
    {
        public double EndsAfter(int call) => call >= calls ? 1 : 0;
    }

    private sealed class Fixed(double hazard) : IStepHazard
    {
        public double EndsAfter(int call) => hazard;
    }
}
