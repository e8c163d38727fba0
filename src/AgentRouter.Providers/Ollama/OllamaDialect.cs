using AgentRouter.Models;
using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Ollama;

/// <summary>Tells Ollama how large the context is.</summary>
/// <remarks>Left to itself, Ollama takes a few thousand tokens and silently drops the start of a longer prompt.</remarks>
internal sealed class OllamaDialect : ChatDialect
{
    private const string ContextOption = "num_ctx";

    /// <inheritdoc/>
    public override void Prepare(ChatOptions options, ModelProfile profile)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(profile);
        options.AdditionalProperties ??= [];
        options.AdditionalProperties.TryAdd(ContextOption, (int)Math.Min(profile.ContextWindow, int.MaxValue));
    }
}
