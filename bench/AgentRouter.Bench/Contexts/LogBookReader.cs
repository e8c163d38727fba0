using System.Globalization;
using System.Runtime.CompilerServices;
using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Bench.Contexts;

/// <summary>A model that asks for one page after another, and behind it a provider that caches what the request before began with. Deterministic.</summary>
/// <param name="pages">How many pages it asks for.</param>
internal sealed class LogBookReader(int pages) : IChatClient
{
    private const int LeastCached = 1_024;

    private static readonly string Summary = string.Join(' ', Enumerable.Repeat("Pages were read one after another; nothing is decided yet.", 20));

    private IReadOnlyList<ChatMessage> _before = [];
    private int _page;

    /// <summary>Gets the tokens of prompts, by request.</summary>
    public List<long> Prompts { get; } = [];

    public long Cached { get; private set; }

    public int Summaries { get; private set; }

    /// <summary>Gets in how many of the last quarter of its own requests the code was to be read.</summary>
    public int Known { get; private set; }

    public int LastQuarter => pages / 4;

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] request = [.. messages];
        long prompt = TokensOf(request, options);
        Prompts.Add(prompt);
        bool sumsUp = options?.Tools is not { Count: > 0 } && request[0].Text.StartsWith("You sum up", StringComparison.Ordinal);
        long cached = sumsUp ? 0 : TokensOf([.. request.Zip(_before).TakeWhile(pair => ReferenceEquals(pair.First, pair.Second)).Select(pair => pair.First)], options);
        cached = cached < LeastCached ? 0 : Math.Min(cached, prompt);
        Cached += cached;
        ChatMessage answer;
        if (sumsUp)
        {
            Summaries++;
            answer = new ChatMessage(ChatRole.Assistant, Summary);
        }
        else
        {
            _before = request;
            _page++;
            if (_page > pages - LastQuarter + 1 && request.Any(Holds))
                Known++;
            answer = _page > pages
                ? new ChatMessage(ChatRole.Assistant, "done")
                : new ChatMessage(ChatRole.Assistant, [new TextContent("On to the next page."), new FunctionCallContent(string.Create(CultureInfo.InvariantCulture, $"call-{_page}"), "page", new Dictionary<string, object?> { ["number"] = _page })]);
        }

        return Task.FromResult(new ChatResponse(answer)
        {
            Usage = new UsageDetails { InputTokenCount = prompt, CachedInputTokenCount = cached, OutputTokenCount = TokensOf([answer], null) },
            FinishReason = sumsUp || _page > pages ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls,
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates())
            yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool Holds(ChatMessage message) =>
        message.Contents.Any(content => (content as TextContent)?.Text.Contains(ContextReport.Code, StringComparison.Ordinal) == true
            || (content as FunctionResultContent)?.Result?.ToString()!.Contains(ContextReport.Code, StringComparison.Ordinal) == true);

    private static long TokensOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        (long)(ByteBoundTokenCounter.Instance.UpperBound(messages, options) * ByteBoundTokenCounter.Instance.TypicalShare);
}
