using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Routing.Tests.Costs;

public sealed class CostModelTests
{
    private static readonly ModelProfile Cached = new()
    {
        Name = "large",
        Tier = "large",
        Prices = new ModelPrices(input: 3m, output: 15m, cachedRead: 0.3m, cacheWrite: 3.75m),
        CacheTimeToLive = TimeSpan.FromMinutes(5),
    };

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_cached_prefix_is_paid_at_the_caches_price_and_the_rest_is_written()
    {
        CostModel.Expected(Cached, promptTokens: 10_000, cachedTokens: 8_000, outputTokens: 100)
            .ShouldBe(Cached.Prices.CostOf(new TokenUsage(0, 8_000, 2_000, 100)));
        CostModel.Expected(Cached with { CacheTimeToLive = TimeSpan.Zero }, 10_000, 0, 100)
            .ShouldBe(Cached.Prices.CostOf(new TokenUsage(10_000, 0, 0, 100)));
    }

    [Fact]
    public void With_a_warm_cache_the_dear_model_can_be_the_cheaper_call()
    {
        ModelProfile cheap = Cached with { Name = "small", Prices = new ModelPrices(1m, 5m) };
        Money stay = CostModel.Expected(Cached, 30_000, 29_000, 200);
        Money change = CostModel.Expected(cheap, 30_000, 0, 200);
        stay.ShouldBeLessThan(change);
    }

    [Fact]
    public void A_prompt_that_continues_an_earlier_one_is_expected_in_the_cache_until_its_time_is_up()
    {
        var tracker = new PrefixCacheTracker();
        ChatMessage system = new(ChatRole.System, "s"), user = new(ChatRole.User, "u"), more = new(ChatRole.Assistant, "a");
        tracker.Record(Cached, [system, user], 5_000, _clock.GetUtcNow());

        Expected([system, user, more]).ShouldBe(5_000);
        Expected([new(ChatRole.System, "other"), user]).ShouldBe(0);
        Expected([system, new(ChatRole.User, "changed"), more]).ShouldBe(0);
        Expected([system]).ShouldBe(0);
        tracker.ExpectedCachedTokens(Cached with { Name = "small" }, [system, user], _clock.GetUtcNow()).ShouldBe(0);
        _clock.Advance(TimeSpan.FromMinutes(6));
        Expected([system, user, more]).ShouldBe(0);

        long Expected(ChatMessage[] messages) => tracker.ExpectedCachedTokens(Cached, messages, _clock.GetUtcNow());
    }

    [Fact]
    public void A_prefix_below_the_providers_minimum_is_not_cached()
    {
        var tracker = new PrefixCacheTracker();
        ChatMessage[] messages = [new(ChatRole.User, "u")];
        tracker.Record(Cached, messages, 1_023, _clock.GetUtcNow());
        tracker.ExpectedCachedTokens(Cached, messages, _clock.GetUtcNow()).ShouldBe(0);
    }
}
