using System.Runtime.CompilerServices;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Use;

/// <summary>Offers skills for the last user message of each request, and gives the model the functions to open them.</summary>
/// <remarks>It stands above function invocation, so that a request is offered skills once and its loop shares one session.</remarks>
/// <param name="inner">The pipeline below.</param>
/// <param name="library">The skills.</param>
/// <param name="options">What is offered.</param>
/// <param name="wrap">Makes of a function what the pipeline below can call.</param>
internal sealed class SkillChatClient(IChatClient inner, SkillLibrary library, SkillUseOptions options, Func<AIFunction, AITool> wrap) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default)
    {
        (List<ChatMessage> asked, ChatOptions? with) = await OfferAsync(messages, chatOptions, cancellationToken).ConfigureAwait(false);
        return await base.GetResponseAsync(asked, with, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (List<ChatMessage> asked, ChatOptions? with) = await OfferAsync(messages, chatOptions, cancellationToken).ConfigureAwait(false);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(asked, with, cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    private async ValueTask<(List<ChatMessage> Messages, ChatOptions? Options)> OfferAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions, CancellationToken cancellationToken)
    {
        List<ChatMessage> asked = [.. messages];
        int last = asked.FindLastIndex(message => message.Role == ChatRole.User);
        string task = last < 0 ? "" : AppendedText.Without(asked[last]);
        if (string.IsNullOrWhiteSpace(task))
            return (asked, chatOptions);
        SkillSession session = await SkillSession.BeginAsync(library, task, options, cancellationToken).ConfigureAwait(false);
        // the caller's own messages and options stay as they are
        asked[last] = AppendedText.To(asked[last], session.Prompt);
        ChatOptions with = chatOptions?.Clone() ?? new ChatOptions();
        with.Tools = [.. with.Tools ?? [], .. SkillTools.Of(session).Select(wrap)];
        return (asked, with);
    }
}
