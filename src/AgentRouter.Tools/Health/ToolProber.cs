namespace AgentRouter.Tools.Health;

/// <summary>Asks tools from time to time whether they are well, so that an outage is known before a run meets it and a tool that is back is used again.</summary>
/// <remarks>A probe counts as a call for the share of errors and for the breaker, not for the latency: it does less than a call. A tool that rests is left alone
/// until its rest is over.</remarks>
public sealed class ToolProber : IAsyncDisposable
{
    private readonly (ToolHealth Health, Func<CancellationToken, ValueTask<bool>> Probe)[] _probes;
    private readonly ToolProberOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _probing;

    /// <summary>Begins to probe.</summary>
    /// <param name="registry">The health of the tools.</param>
    /// <param name="probes">For each tool something cheap that tells whether it is well; one that throws says no. Tools that two of a graph call are probed once.</param>
    /// <param name="options">When.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ToolProber(
        ToolHealthRegistry registry, IReadOnlyDictionary<Capabilities.CapabilityTool, Func<CancellationToken, ValueTask<bool>>> probes, ToolProberOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(probes);
        _options = (options ?? new ToolProberOptions()).Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _probes = [.. probes.Select(probe => (registry.Of(probe.Key), probe.Value)).DistinctBy(probe => probe.Item1)];
        _probing = ProbeAsync();
    }

    /// <summary>Ends probing, and waits for the probes that are out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ProbeAsync()
    {
        using var timer = new PeriodicTimer(_options.Interval, _timeProvider);
        while (await timer.WaitForNextTickAsync(_stop.Token))
            await Task.WhenAll(_probes.Select(probe => ProbeAsync(probe.Health, probe.Probe)));
    }

    private async Task ProbeAsync(ToolHealth health, Func<CancellationToken, ValueTask<bool>> probe)
    {
        if (!health.TryEnter())
            return;
        using var time = new CancellationTokenSource(_options.Timeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, _stop.Token);
        bool isWell = false;
        try
        {
            isWell = await probe(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (Exception) when (!_stop.IsCancellationRequested)
        {
            // whatever it is, the tool is not well
        }
        catch
        {
            health.Left();
            throw;
        }

        if (isWell)
            health.Succeeded(null);
        else
            health.Failed(Healing.ToolFailureKind.Unreachable);
    }
}
