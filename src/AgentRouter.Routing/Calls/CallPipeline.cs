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
    private readonly RetryDelays _delays;

    public CallPipeline(ModelSet models, StepRoutingOptions options, IRoutingPolicy policy, ModelHealth health)
    {
        Retry = options.Retry.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumUsefulOutputTokens, 1, nameof(options));
        MinimumUsefulOutput = options.MinimumUsefulOutputTokens;
        RecordContent = options.RecordContent;
        Policy = policy;
        Health = health;
        _delays = new RetryDelays(Retry);
        _observed = models.Entries.ToDictionary(entry => entry, entry => RoutingTelemetry.Observe(entry.Client, options.RecordContent));
    }

    public RetryOptions Retry { get; }

    public int MinimumUsefulOutput { get; }

    public bool RecordContent { get; }

    public IRoutingPolicy Policy { get; }

    public ModelHealth Health { get; }

    /// <summary>The client of a model; with spans and metrics around it where somebody listens.</summary>
    public IChatClient ClientOf(ModelEntry model) => RoutingTelemetry.IsListenedTo ? _observed[model] : model.Client;

    /// <summary>The wait before an attempt.</summary>
    public TimeSpan Backoff(int failedAttempts) => _delays.Before(failedAttempts);
}
