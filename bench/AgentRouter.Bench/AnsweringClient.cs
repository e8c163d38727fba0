using Microsoft.Extensions.AI;

namespace AgentRouter.Bench;

/// <summary>A model that answers at once with the same reply: what is left is the cost of everything around it.</summary>
internal sealed class AnsweringClient : IChatClient
{
    private readonly ChatMessage _message = new(ChatRole.Assistant, "done");
    private readonly UsageDetails _usage = new() { InputTokenCount = 20, OutputTokenCount = 2, TotalTokenCount = 22 };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(_message) { Usage = _usage, FinishReason = ChatFinishReason.Stop });

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("done"), new UsageContent(_usage)]) { FinishReason = ChatFinishReason.Stop };
        await Task.CompletedTask;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
