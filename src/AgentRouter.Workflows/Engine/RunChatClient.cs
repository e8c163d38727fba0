using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine;

/// <summary>The router as a run sees it.</summary>
/// <remarks>It hides the router's activity source from the function-calling client, which would write a span for each tool call
/// beside the engine's own. It does not own the router.</remarks>
internal sealed class RunChatClient(IChatClient router) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        router.GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        router.GetStreamingResponseAsync(messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) ? null : router.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }
}
