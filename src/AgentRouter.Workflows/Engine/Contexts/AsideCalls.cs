using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine.Contexts;

/// <summary>The router, for calls that are made only to shorten a conversation: it notes their steps, and never asks a person for more, because there is always something that costs nothing. It does not own the
/// router.</summary>
internal sealed class AsideCalls(NodeContext context) : IChatClient
{
    private readonly List<int> _steps = [];

    /// <summary>Takes the numbers of the steps that were made since the last time.</summary>
    public IReadOnlyList<int> TakeSteps()
    {
        int[] steps = [.. _steps];
        _steps.Clear();
        return steps;
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        int? before = context.Run.Log?.LastCallOf(context.Path);
        try
        {
            return await context.Run.Router.GetResponseAsync(messages, options, cancellationToken);
        }
        finally
        {
            if (context.Run.Log?.LastCallOf(context.Path) is { } step && step != before)
                _steps.Add(step);
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Calls that shorten a conversation are not streamed.");

    public object? GetService(Type serviceType, object? serviceKey = null) => context.Run.Router.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }
}
