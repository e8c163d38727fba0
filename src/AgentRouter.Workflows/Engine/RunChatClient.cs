using AgentRouter.Budgets;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine;

/// <summary>The router as a run sees it: it asks for more where the budget says so. It does not own the router.</summary>
internal sealed class RunChatClient(IChatClient router, BudgetQuestion question, bool asks) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        asks ? AskingAsync(messages, options, cancellationToken) : router.GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        router.GetStreamingResponseAsync(messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        router.GetService(serviceType, serviceKey);

    public void Dispose()
    {
    }

    // the call that did not fit is made again when a person allows more; nothing was sent, so nothing is lost
    private async Task<ChatResponse> AskingAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await router.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (BudgetExceededException exceeded)
            {
                if (!await question.RaiseAsync(exceeded.Refusal, cancellationToken))
                    throw;
            }
        }
    }
}
