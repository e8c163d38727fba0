using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Tools.Tests.Health;

public class ToolProberTests
{
    private static readonly CapabilityTool Tool = new() { Name = "tool", Provides = ["x"] };

    private readonly FakeTimeProvider _clock = new();
    private readonly ToolHealthRegistry _registry;

    public ToolProberTests() => _registry = new ToolHealthRegistry(timeProvider: _clock);

    [Fact]
    public async Task An_outage_is_known_before_a_call_meets_it_and_so_is_its_end()
    {
        bool isWell = false;
        int probes = 0;
        await using ToolProber prober = Prober(_ =>
        {
            Interlocked.Increment(ref probes);
            return new(isWell);
        });

        await TickAsync(3, () => probes);
        _registry.Of(Tool).TryEnter().ShouldBeFalse();

        isWell = true;
        await TickAsync(4, () => probes);
        _registry.Of(Tool).Snapshot().Breaker.ShouldBe(BreakerState.Closed);
        _registry.Of(Tool).Snapshot().Latency.ShouldBeNull();
    }

    [Fact]
    public async Task A_probe_that_throws_or_hangs_says_no()
    {
        int probes = 0;
        await using ToolProber prober = Prober(async token =>
        {
            if (Interlocked.Increment(ref probes) == 1)
                throw new InvalidOperationException("broken");
            await Task.Delay(Timeout.Infinite, token);
            return true;
        });

        await TickAsync(2, () => probes);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await WaitAsync(() => _registry.Of(Tool).Snapshot().Failures == 2);
    }

    [Fact]
    public async Task Probing_ends_with_the_prober()
    {
        int probes = 0;
        ToolProber prober = Prober(_ =>
        {
            Interlocked.Increment(ref probes);
            return new(true);
        });
        await TickAsync(1, () => probes);
        await prober.DisposeAsync();
        int until = probes;
        _clock.Advance(TimeSpan.FromMinutes(10));
        await Task.Delay(20);
        probes.ShouldBe(until);
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ToolProber(_registry, new Dictionary<CapabilityTool, Func<CancellationToken, ValueTask<bool>>>(), new ToolProberOptions { Interval = TimeSpan.Zero }));

    private ToolProber Prober(Func<CancellationToken, ValueTask<bool>> probe) =>
        new(_registry, new Dictionary<CapabilityTool, Func<CancellationToken, ValueTask<bool>>> { [Tool] = probe }, timeProvider: _clock);

    private async Task TickAsync(int probes, Func<int> count)
    {
        for (int i = 0; i < 5_000 && count() < probes; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(2);
        }

        count().ShouldBeGreaterThanOrEqualTo(probes);
        await Task.Delay(20);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (int i = 0; i < 5_000 && !condition(); i++)
            await Task.Delay(5);
        condition().ShouldBeTrue();
    }
}
