using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Tests;

/// <summary>A model whose behaviour a test sets; streams what it answers, one update a content.</summary>
internal sealed class CallbackChatClient(Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    public List<ChatOptions?> Requests { get; } = [];

    public Func<ChatResponse, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>? Stream { get; init; }

    public static ChatResponse Reply(string text, long input = 100, long output = 10) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    public static CallbackChatClient Says(string text, long input = 100, long output = 10) =>
        new((_, _, _) => Task.FromResult(Reply(text, input, output)));

    public static CallbackChatClient Fails(Exception error) => new((_, _, _) => Task.FromException<ChatResponse>(error));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (Requests)
            Requests.Add(options);
        return answer([.. messages], options, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        if (Stream is not null)
        {
            await foreach (ChatResponseUpdate update in Stream(response, cancellationToken))
                yield return update;
            yield break;
        }

        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
