using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Tools.Tests.Health;

public class ToolHealthTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_tool_that_nobody_has_called_weighs_what_it_costs() => Of().Factor().ShouldBe(1);

    [Theory]
    [InlineData(10, 0.5)]
    [InlineData(100, 1)]
    [InlineData(250, 2.5)]
    [InlineData(5_000, 10)]
    public void A_slow_tool_weighs_more(int milliseconds, double factor)
    {
        ToolHealth health = Of();
        for (int i = 0; i < 30; i++)
            health.Succeeded(TimeSpan.FromMilliseconds(milliseconds));
        health.Snapshot().LatencyFactor.ShouldBe(factor, 0.001);
    }

    [Fact]
    public void Only_the_last_calls_count_for_the_latency()
    {
        ToolHealth health = Of();
        for (int i = 0; i < 20; i++)
            health.Succeeded(TimeSpan.FromSeconds(1));
        for (int i = 0; i < 20; i++)
            health.Succeeded(Usual);
        health.Factor().ShouldBe(1, 0.001);
    }

    [Fact]
    public void Failures_make_a_tool_heavier_until_they_are_old()
    {
        ToolHealth health = Of();
        health.Failed(ToolFailureKind.Declared);
        health.Snapshot().ReliabilityFactor.ShouldBe(1.5);
        for (int i = 0; i < 99; i++)
            health.Failed(ToolFailureKind.Declared);
        health.Snapshot().ReliabilityFactor.ShouldBe(50);
        _clock.Advance(TimeSpan.FromMinutes(15));
        health.Factor().ShouldBe(1);
    }

    [Fact]
    public void A_call_that_was_wrong_itself_says_nothing_about_the_tool()
    {
        ToolHealth health = Of();
        for (int i = 0; i < 10; i++)
            health.Failed(ToolFailureKind.WrongArguments);
        health.Factor().ShouldBe(1);
    }

    [Fact]
    public void A_tool_that_declares_its_errors_does_not_rest()
    {
        ToolHealth health = Of();
        for (int i = 0; i < 10; i++)
            health.Failed(ToolFailureKind.Declared);
        health.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void Three_failures_in_a_row_make_a_tool_rest_and_one_call_finds_out_whether_it_is_back()
    {
        ToolHealth health = Resting();
        health.TryEnter().ShouldBeFalse();
        health.Factor().ShouldBe(double.PositiveInfinity);
        _clock.Advance(TimeSpan.FromSeconds(10));
        health.Snapshot().Breaker.ShouldBe(BreakerState.HalfOpen);
        health.Snapshot().AvailabilityFactor.ShouldBe(10);
        health.TryEnter().ShouldBeTrue();
        health.TryEnter().ShouldBeFalse();
        health.Factor().ShouldBe(double.PositiveInfinity);
        health.Succeeded(Usual);
        health.Snapshot().Breaker.ShouldBe(BreakerState.Closed);
        health.Snapshot().AvailabilityFactor.ShouldBe(5);
        for (int i = 0; i < 4; i++)
            health.Succeeded(Usual);
        health.Snapshot().AvailabilityFactor.ShouldBe(1);
    }

    [Fact]
    public void A_probe_that_fails_makes_the_next_rest_twice_as_long()
    {
        ToolHealth health = Resting();
        _clock.Advance(TimeSpan.FromSeconds(10));
        health.TryEnter();
        health.Failed(ToolFailureKind.Timeout);
        _clock.Advance(TimeSpan.FromSeconds(19));
        health.TryEnter().ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        health.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void A_probe_that_is_broken_off_leaves_room_for_another()
    {
        ToolHealth health = Resting();
        _clock.Advance(TimeSpan.FromSeconds(10));
        health.TryEnter();
        health.Left();
        health.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void A_tool_that_nobody_tries_after_its_rest_becomes_cheaper()
    {
        ToolHealth health = Resting();
        _clock.Advance(TimeSpan.FromSeconds(10));
        double before = health.Factor();
        _clock.Advance(TimeSpan.FromSeconds(60));
        health.Factor().ShouldBeLessThan(before / 3);
    }

    [Fact]
    public void A_tool_whose_calls_are_nearly_used_up_weighs_more_and_is_left_out_when_they_are()
    {
        ToolHealth health = Of(callsPerMinute: 100);
        Enter(80);
        health.Factor().ShouldBe(1);
        Enter(15);
        health.Factor().ShouldBe(2, 0.01);
        Enter(5);
        health.Factor().ShouldBe(double.PositiveInfinity);
        health.TryEnter().ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(2));
        health.Factor().ShouldBe(1);

        void Enter(int calls)
        {
            for (int i = 0; i < calls; i++)
                health.TryEnter().ShouldBeTrue();
        }
    }

    [Fact]
    public void A_tool_that_asks_to_wait_is_left_alone_so_long()
    {
        ToolHealth health = Of();
        health.Failed(ToolFailureKind.Throttled, TimeSpan.FromSeconds(30));
        health.TryEnter().ShouldBeFalse();
        health.Factor().ShouldBe(double.PositiveInfinity);
        _clock.Advance(TimeSpan.FromSeconds(30));
        health.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void A_tool_that_is_gone_rests_at_once()
    {
        ToolHealth health = Of();
        health.Failed(ToolFailureKind.Gone);
        health.TryEnter().ShouldBeFalse();
    }

    [Fact]
    public async Task Many_threads_see_one_probe()
    {
        ToolHealth health = Resting();
        _clock.Advance(TimeSpan.FromSeconds(10));
        int entered = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                if (health.TryEnter())
                    Interlocked.Increment(ref entered);
            }
        })));
        entered.ShouldBe(1);
    }

    [Fact]
    public void Tools_of_a_graph_that_call_the_same_tool_share_its_health()
    {
        var registry = new ToolHealthRegistry(timeProvider: _clock);
        registry.Of(new CapabilityTool { Name = "a", Tool = "x", Provides = ["a"] }).Failed(ToolFailureKind.Gone);
        registry.Of(new CapabilityTool { Name = "b", Tool = "x", Provides = ["b"] }).TryEnter().ShouldBeFalse();
        registry.Snapshot().ShouldHaveSingleItem().Tool.ShouldBe("x");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ToolHealthRegistry(new ToolHealthOptions { FailuresBeforeRest = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new ToolHealthRegistry(new ToolHealthOptions { LongestRest = TimeSpan.FromSeconds(1) }));
        Should.Throw<ArgumentOutOfRangeException>(() => new ToolHealthRegistry(new ToolHealthOptions { UsualLatency = TimeSpan.Zero }));
    }

    private ToolHealth Of(int? callsPerMinute = null) =>
        new ToolHealthRegistry(timeProvider: _clock).Of(new CapabilityTool { Name = "tool", Provides = ["x"], CallsPerMinute = callsPerMinute });

    private ToolHealth Resting()
    {
        ToolHealth health = Of();
        for (int i = 0; i < 3; i++)
            health.Failed(ToolFailureKind.Unreachable);
        return health;
    }
}
