using AgentRouter.Models;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.SemanticKernel.Routing;

/// <summary>Keeps a prompt within a tier where its service or model id names one, or a model of one.</summary>
internal sealed class TierHintChatClient(IChatClient inner, ModelSet models, string? hint) : DelegatingChatClient(inner)
{
    // by this metadata the kernel finds the service that a prompt's model id names
    private readonly ChatClientMetadata? _metadata = hint is null ? null : new ChatClientMetadata("agentrouter", null, hint);

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Hinted(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Hinted(options), cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) && _metadata is not null ? _metadata : base.GetService(serviceType, serviceKey);

    private ChatOptions? Hinted(ChatOptions? options)
    {
        // an identity that names its tiers says more than a hint
        StepIdentity? identity = options.GetStep();
        if (identity?.AllowedTiers is not null || TierOf(hint ?? options?.ModelId) is not { } tier)
            return options;
        TaskScope? task = TaskScope.Current;
        identity ??= new StepIdentity(task?.RunId ?? "", Node: task?.Node);
        return (options?.Clone() ?? new ChatOptions()).WithStep(identity with { AllowedTiers = [tier] });
    }

    private string? TierOf(string? name) =>
        name is null ? null : models.Tiers.Contains(name) ? name : models.Find(name)?.Profile.Tier;
}
