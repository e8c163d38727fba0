using System.Runtime.CompilerServices;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Sends a shorter view of conversations that have become too long; see <see cref="ContextLimitExtensions.UseContextLimit"/>.</summary>
/// <remarks>Thread-safe. The state of a conversation lives as long as its first message.</remarks>
internal sealed class ContextLimitChatClient : DelegatingChatClient
{
    private readonly ContextLimitOptions _options;
    private readonly IContextHost _host;
    private readonly ContextTokens _tokens;
    private readonly RoundSummary _summary;
    private readonly RoundRecall _recall;
    private readonly LookAhead _lookAhead;
    private readonly ConditionalWeakTable<ChatMessage, ContextSlot> _conversations = [];

    /// <param name="inner">The pipeline below.</param>
    /// <param name="options">The limit.</param>
    /// <param name="host">What the conversations are part of.</param>
    /// <param name="aside">What summaries and steps of a look ahead are asked for through, or <see langword="null"/> for <paramref name="inner"/>.</param>
    public ContextLimitChatClient(IChatClient inner, ContextLimitOptions options, IContextHost host, IChatClient? aside = null)
        : base(inner)
    {
        _options = options;
        _host = host;
        _tokens = new ContextTokens(options.TokenCounter);
        _summary = new RoundSummary(aside ?? inner);
        _recall = new RoundRecall(options, host);
        _lookAhead = new LookAhead(options, host, aside ?? inner, _tokens, _recall);
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<ChatMessage> view, ChatResponse? answer) = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return answer ?? await base.GetResponseAsync(view, options, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<ChatMessage> view, ChatResponse? answer) = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<ChatResponseUpdate> updates = answer?.ToChatResponseUpdates().ToAsyncEnumerable() ?? base.GetStreamingResponseAsync(view, options, cancellationToken);
        await foreach (ChatResponseUpdate update in updates.ConfigureAwait(false))
            yield return update;
    }

    // the view that is sent; and where a look ahead has come to an answer that is not to be asked for again, that answer
    private async ValueTask<(IReadOnlyList<ChatMessage> View, ChatResponse? Answer)> PrepareAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        if (_options.Strategy == ContextStrategy.None || options?.ConversationId is not null || all.FirstOrDefault(message => message.Role != ChatRole.System) is not { } first)
            return (all, null);
        ContextSlot slot = await EnterAsync(first, all, cancellationToken).ConfigureAwait(false);
        try
        {
            long tokens = _tokens.Of(slot.State.View(all), options);
            if (IsTooLong(slot.State, tokens))
            {
                if (await CompactAsync(slot, all, tokens, options, cancellationToken).ConfigureAwait(false) is { } answer)
                    return ([], answer);
                tokens = _tokens.Of(slot.State.View(all), options);
            }

            await _recall.ApplyAsync(slot.State, all, tokens, cancellationToken).ConfigureAwait(false);
            return (slot.State.View(all), null);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    // another conversation may begin with the same message
    private async ValueTask<ContextSlot> EnterAsync(ChatMessage first, IReadOnlyList<ChatMessage> all, CancellationToken cancellationToken)
    {
        while (true)
        {
            ContextSlot slot = _conversations.GetOrCreateValue(first);
            await slot.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (slot.State.Fits(all))
                return slot;
            _conversations.AddOrUpdate(first, new ContextSlot());
            slot.Gate.Release();
        }
    }

    // gives back an answer where one was come to while looking ahead
    private async ValueTask<ChatResponse?> CompactAsync(ContextSlot slot, IReadOnlyList<ChatMessage> all, long before, ChatOptions? options, CancellationToken cancellationToken)
    {
        ContextState state = slot.State;
        if (ContextCut.Find(_options, _tokens, state.Staying(all), state.Shown, options) is not { } cut)
            return null;
        if (_options.LookAhead > 0 && cut.Rounds > 0)
        {
            (ContextBranch kept, ContextCompaction compaction) = await _lookAhead.RunAsync(state, all, cut, before, options, cancellationToken).ConfigureAwait(false);
            slot.State = kept.State;
            _host.Compacted(compaction);
            if (kept.End is not null)
                return kept.End;
            // what tools returned meanwhile may be long
            before = _tokens.Of(kept.State.View(all), options);
            if (!IsTooLong(kept.State, before) || ContextCut.Find(_options, _tokens, kept.State.Staying(all), kept.State.Shown, options) is not { } again)
                return null;
            (state, cut) = (kept.State, again);
        }

        await ShortenAsync(state, all, cut, before, options, cancellationToken).ConfigureAwait(false);
        return null;
    }

    // what is recalled comes on top
    private bool IsTooLong(ContextState state, long tokens) => tokens > _options.Tokens - _recall.Room(state);

    private async ValueTask ShortenAsync(ContextState state, IReadOnlyList<ChatMessage> all, ContextCut cut, long before, ChatOptions? options, CancellationToken cancellationToken)
    {
        ContextChoice choice = cut.Rounds == 0 ? new ContextChoice(ContextStrategy.KeepLast, "what tools returned in the last step alone is too long")
            : _host.Decided is { } decided ? new ContextChoice(decided, "as it was decided before")
            : ContextChoice.Of(_options, _host, _tokens, cut.LeftOut);
        ContextStrategy? inPlaceOf = null;
        string? summary = null;
        if (choice.Strategy == ContextStrategy.Summarize)
        {
            (summary, string? problem) = await _summary.WriteAsync(
                AppendedText.Without(cut.Task), state.Summary, cut.LeftOut, ContextLimitDefaults.SummaryTokens(_options.Tokens), options, cancellationToken).ConfigureAwait(false);
            if (summary is null)
            {
                inPlaceOf = ContextStrategy.Summarize;
                choice = new ContextChoice(_host.CanRecall ? ContextStrategy.Recall : ContextStrategy.KeepLast, $"there is no summary: {PromptLine.Of(problem!, 300)}");
            }
        }

        state.Apply(cut, summary, choice.Strategy == ContextStrategy.Recall, _options.HasMemory);
        long after = _tokens.Of(state.View(all), options);
        _host.Compacted(new ContextCompaction(choice.Strategy, choice.Reason, cut.Rounds, before, after) { InPlaceOf = inPlaceOf, ResultsCut = cut.ResultsCut });
    }
}
