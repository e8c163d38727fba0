using AgentRouter.Models;
using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace AgentRouter.Providers.OpenAI;

/// <summary>Names the output limit as the server wants it.</summary>
/// <remarks>OpenAI and Azure call it <c>max_completion_tokens</c>, and reasoning models refuse the older name. Compatible servers know
/// <c>max_tokens</c>; one that ignored the newer name would answer without a limit.</remarks>
internal sealed class OpenAIDialect(Uri baseUrl) : ChatDialect
{
    private readonly bool _isOpenAI = baseUrl.Host is "api.openai.com"
        || baseUrl.Host.EndsWith(".api.openai.com", StringComparison.OrdinalIgnoreCase)
        || baseUrl.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override void Prepare(ChatOptions options, ModelProfile profile)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_isOpenAI || options.MaxOutputTokens is not { } limit)
            return;
        options.MaxOutputTokens = null;
        Func<IChatClient, object?>? before = options.RawRepresentationFactory;
        options.RawRepresentationFactory = client =>
        {
            ChatCompletionOptions raw = before?.Invoke(client) as ChatCompletionOptions ?? new();
#pragma warning disable SCME0001 // the SDK's way to set a field that it does not name
            raw.Patch.Set("$.max_tokens"u8, limit);
#pragma warning restore SCME0001
            return raw;
        };
    }
}
