using System.Runtime.CompilerServices;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Memory.Use;

/// <summary>Puts what is remembered beside the last user message of each request, gives the model functions to find, remember and forget, and remembers the conversation where it is told to.</summary>
/// <remarks>It stands above function invocation, so that a request is answered from memory once and its loop shares one session.</remarks>
/// <param name="inner">The pipeline below.</param>
/// <param name="memory">The memory.</param>
/// <param name="options">What is read and written.</param>
/// <param name="wrap">Makes of a function what the pipeline below can call.</param>
/// <param name="logger">Told of facts that could not be learned.</param>
internal sealed class MemoryChatClient(IChatClient inner, GraphMemory memory, MemoryUseOptions options, Func<AIFunction, AITool> wrap, ILogger? logger) : DelegatingChatClient(inner)
{
    private readonly ConversationFacts? _facts = options.Remembers == MemoryRemembers.Facts ? new ConversationFacts(memory, inner, logger) : null;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        string? id = ConversationId(chatOptions);
        (List<ChatMessage> asked, ChatOptions? with) = await RecallAsync(conversation, chatOptions, cancellationToken).ConfigureAwait(false);
        ChatResponse response = await base.GetResponseAsync(asked, with, cancellationToken).ConfigureAwait(false);
        await RememberAsync(id, conversation, chatOptions, response, cancellationToken).ConfigureAwait(false);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        string? id = ConversationId(chatOptions);
        (List<ChatMessage> asked, ChatOptions? with) = await RecallAsync(conversation, chatOptions, cancellationToken).ConfigureAwait(false);
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(asked, with, cancellationToken).ConfigureAwait(false))
        {
            if (id is not null)
                updates.Add(update);
            yield return update;
        }

        // a stream that is broken off was no answer
        await RememberAsync(id, conversation, chatOptions, updates.ToChatResponse(), cancellationToken).ConfigureAwait(false);
    }

    private string? ConversationId(ChatOptions? chatOptions)
    {
        if (options.Remembers == MemoryRemembers.None)
            return null;
        string? id = chatOptions?.AdditionalProperties?.TryGetValue(MemoryChatClientBuilderExtensions.ConversationKey, out object? value) == true ? value?.ToString() : chatOptions?.ConversationId;
        return !string.IsNullOrWhiteSpace(id)
            ? id
            : throw new InvalidOperationException($"A conversation that is remembered needs an id by which it is known again: set ChatOptions.ConversationId, or AdditionalProperties[MemoryChatClientBuilderExtensions.{nameof(MemoryChatClientBuilderExtensions.ConversationKey)}].");
    }

    private async ValueTask<(List<ChatMessage> Messages, ChatOptions? Options)> RecallAsync(List<ChatMessage> conversation, ChatOptions? chatOptions, CancellationToken cancellationToken)
    {
        int last = conversation.FindLastIndex(message => message.Role == ChatRole.User);
        string task = last < 0 ? "" : AppendedText.Without(conversation[last]);
        if (string.IsNullOrWhiteSpace(task))
            return (conversation, chatOptions);
        MemorySession session = await MemorySession.BeginAsync(memory, task, options with { Remembers = MemoryRemembers.None }, cancellationToken).ConfigureAwait(false);
        List<ChatMessage> asked = conversation;
        if (session.Prompt.Length > 0)
        {
            // the caller's own messages and options stay as they are
            asked = [.. conversation];
            asked[last] = AppendedText.To(asked[last], session.Prompt);
        }

        if (!options.Tools)
            return (asked, chatOptions);
        ChatOptions with = chatOptions?.Clone() ?? new ChatOptions();
        with.Tools = [.. with.Tools ?? [], .. MemoryTools.Of(session).Select(wrap)];
        return (asked, with);
    }

    private async ValueTask RememberAsync(string? id, List<ChatMessage> conversation, ChatOptions? chatOptions, ChatResponse response, CancellationToken cancellationToken)
    {
        if (id is null)
            return;
        await ConversationWriter.WriteAsync(memory, options, id, conversation, response, cancellationToken).ConfigureAwait(false);
        if (_facts is not null)
            await _facts.LearnAsync(options.Write!, ConversationWriter.KeyOf(id), chatOptions, cancellationToken).ConfigureAwait(false);
    }
}
