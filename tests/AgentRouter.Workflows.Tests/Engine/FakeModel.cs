using System.Runtime.CompilerServices;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>A model that answers as a test says.</summary>
internal sealed class FakeModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private int _calls;

    public FakeModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> answer)
        : this((messages, options, _) => Task.FromResult(answer(messages, options)))
    {
    }

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Answers with these texts in turn, then with the last one.</summary>
    public static FakeModel Saying(params string[] texts)
    {
        int next = -1;
        return new FakeModel((_, _) => Text(texts[Math.Min(Interlocked.Increment(ref next), texts.Length - 1)]));
    }

    public static ChatResponse Text(string text, long input = 10, long output = 5) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { Usage = Usage(input, output), FinishReason = ChatFinishReason.Stop };

    public static ChatResponse Call(string function, params (string Name, object? Value)[] arguments) =>
        new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call-1", function, arguments.ToDictionary(argument => argument.Name, argument => argument.Value))]))
        {
            Usage = Usage(10, 5),
            FinishReason = ChatFinishReason.ToolCalls,
        };

    /// <summary>Never answers; ends when it is cancelled.</summary>
    public static FakeModel Hanging() => new(async (_, _, token) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        return Text("never");
    });

    public static UsageDetails Usage(long input, long output) => new() { InputTokenCount = input, OutputTokenCount = output };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return await answer([.. messages], options, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
            yield return update;
    }

    /// <summary>Gets a value indicating whether the model sees whose step it answers.</summary>
    public bool SeesIdentity { get; init; }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        SeesIdentity && serviceType == typeof(IReceivesStepIdentity) ? this : null;

    public void Dispose()
    {
    }
}
