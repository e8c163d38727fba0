using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Calls;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Anthropic;

/// <summary>Asks for prompt caching where it pays, and reports the tokens written to the cache where the router looks for them.</summary>
/// <remarks>Anthropic caches only what a request marks. A request with tools is part of a loop that sends the same prompt again, so it is marked;
/// a single question would only pay the dearer write.</remarks>
internal sealed class AnthropicDialect : ChatDialect
{
    // the name of Usage.CacheCreationInputTokens, which the SDK's bridge uses as the key
    private const string WrittenKey = nameof(Usage.CacheCreationInputTokens);

    /// <inheritdoc/>
    public override void Prepare(ChatOptions options, ModelProfile profile)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(profile);
        if (options.Tools is not { Count: > 0 } || profile.CacheTimeToLive <= TimeSpan.Zero || options.RawRepresentationFactory is not null)
            return;
        long limit = options.MaxOutputTokens ?? profile.MaxOutputTokens;
        options.RawRepresentationFactory = _ => new MessageCreateParams
        {
            Model = profile.ModelId,
            MaxTokens = limit,
            Messages = [],
            CacheControl = new CacheControlEphemeral(),
        };
    }

    /// <inheritdoc/>
    public override void Normalize(UsageDetails usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        if (usage.AdditionalCounts?.Remove(WrittenKey, out long written) == true)
            usage.AdditionalCounts[TokenUsage.CacheWriteCountKey] = written;
    }
}
