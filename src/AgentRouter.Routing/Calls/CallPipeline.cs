using AgentRouter.Models;
using AgentRouter.Routing.Health;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Telemetry;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Calls;

/// <summary>What all calls of one router share.</summary>
internal sealed class CallPipeline
{
    private readonly Dictionary<ModelEntry, IChatClient> _observed;
    private readonly Lock _jitterLock = new();
    private readonly Random _jitter;

    public CallPipeline(ModelSet models, StepRoutingOptions options, IRoutingPolicy policy, ModelHealth health)
    {
        Retry = options.Retry.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumUsefulOutputTokens, 1, nameof(options));
        MinimumUsefulOutput = options.MinimumUsefulOutputTokens;
        RecordContent = options.RecordContent;
        Policy = policy;
        Health = health;
        _jitter = new Random(Retry.Seed);
        _observed = models.Entries.ToDictionary(entry => entry, entry => RoutingTelemetry.Observe(entry.Client, options.RecordContent));
    }

    public RetryOptions Retry { get; }

    public int MinimumUsefulOutput { get; }

    public bool RecordContent { get; }

    public IRoutingPolicy Policy { get; }

    public ModelHealth Health { get; }

    /// <summary>The client of a model; with spans and metrics around it where somebody listens.</summary>
    public IChatClient ClientOf(ModelEntry model) => RoutingTelemetry.IsListenedTo ? _observed[model] : model.Client;

    /// <summary>The wait before an attempt: doubling, with up to a half of jitter on top.</summary>
    public TimeSpan Backoff(int failedAttempts)
    {
        double share;
        lock (_jitterLock)
            share = _jitter.NextDouble() / 2;
        long ticks = Math.Min(Retry.LongestDelay.Ticks, Retry.FirstDelay.Ticks << Math.Clamp(failedAttempts - 1, 0, 16));
        return TimeSpan.FromTicks(Math.Min(Retry.LongestDelay.Ticks, (long)(ticks * (1 + share))));
    }
}
