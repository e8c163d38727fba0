using AgentRouter.Providers.Anthropic;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Ollama;
using AgentRouter.Providers.OpenAI;
using AgentRouter.Providers.Scripted;

namespace AgentRouter.Providers;

/// <summary>The kinds of provider. A new kind is a folder and a line here.</summary>
public static class ModelProviders
{
    internal static readonly IReadOnlyList<IModelProvider> All =
    [
        new OpenAIProvider(),
        new AnthropicProvider(),
        new OllamaProvider(),
        new ScriptedProvider(),
    ];

    /// <summary>Gets the kinds, as written in <c>agentrouter.yaml</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(provider => provider.Kind)];
}
