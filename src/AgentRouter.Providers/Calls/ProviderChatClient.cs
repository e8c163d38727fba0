using System.Runtime.CompilerServices;
using AgentRouter.Failures;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Calls;

/// <summary>Stands around an SDK's chat client: names the model, sets the output limit, keeps the time, and classifies every failure.</summary>
/// <remarks>Throws <see cref="ModelCallException"/> or, when the caller's token is cancelled, <see cref="OperationCanceledException"/>. Never retries.</remarks>
internal sealed class ProviderChatClient(
    IChatClient inner, HttpClient http, ProviderHttpHandler handler, FailureMapper failures, ChatDialect dialect, ModelConnection connection)
    : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(connection.Settings.Timeout, connection.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        CallTrace trace = handler.Watch(linked.Token);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, Prepare(options), linked.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failure(e, trace, timeout);
        }

        Check(response);
        if (response.Usage is { } usage)
            dialect.Normalize(usage);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(connection.Settings.Timeout, connection.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        CallTrace trace = handler.Watch(linked.Token);
        var progress = new StreamProgress();
        await using IAsyncEnumerator<ChatResponseUpdate> updates =
            base.GetStreamingResponseAsync(messages, Prepare(options), linked.Token).GetAsyncEnumerator(linked.Token);
        while (true)
        {
            try
            {
                timeout.CancelAfter(connection.Settings.Timeout);
                if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    break;
                // the caller may take as long as it likes with what it got
                timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            }
            catch (Exception e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw Failure(e, trace, timeout);
            }

            ChatResponseUpdate update = updates.Current;
            progress.Add(update);
            foreach (UsageContent content in update.Contents.OfType<UsageContent>())
                dialect.Normalize(content.Details);
            yield return update;
        }

        if (progress.FinishReason is null)
        {
            // some SDKs end the stream quietly when it is cancelled
            cancellationToken.ThrowIfCancellationRequested();
            if (timeout.IsCancellationRequested)
                throw failures.TimedOut(trace);
            throw failures.Malformed("the stream ended without a finish reason; it was cut off, or the provider met an error in the middle of it.");
        }

        if (progress.FinishReason == ChatFinishReason.ContentFilter && !progress.HasContent)
            throw failures.Withheld();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            http.Dispose();
    }

    private ChatOptions Prepare(ChatOptions? options)
    {
        ChatOptions prepared = options?.Clone() ?? new ChatOptions();
        prepared.ModelId = connection.Profile.ModelId;
        prepared.MaxOutputTokens = Math.Min(prepared.MaxOutputTokens ?? connection.Profile.MaxOutputTokens, connection.Profile.MaxOutputTokens);
        prepared.AdditionalProperties?.Remove(StepOptions.IdentityKey);
        dialect.Prepare(prepared, connection.Profile);
        return prepared;
    }

    private void Check(ChatResponse response)
    {
        if (response.FinishReason is null)
            throw failures.Malformed("the answer has no finish reason.");
        if (response.FinishReason == ChatFinishReason.ContentFilter && !response.Messages.Any(message => StreamProgress.HoldsContent(message.Contents)))
            throw failures.Withheld();
    }

    private ModelCallException Failure(Exception exception, CallTrace trace, CancellationTokenSource timeout) =>
        timeout.IsCancellationRequested && exception is not ModelCallException ? failures.TimedOut(trace) : failures.FromException(exception, trace);

    private sealed class StreamProgress
    {
        public ChatFinishReason? FinishReason { get; private set; }

        public bool HasContent { get; private set; }

        public static bool HoldsContent(IList<AIContent> contents) =>
            contents.Any(content => content is TextContent { Text.Length: > 0 } or FunctionCallContent);

        public void Add(ChatResponseUpdate update)
        {
            FinishReason = update.FinishReason ?? FinishReason;
            HasContent |= HoldsContent(update.Contents);
        }
    }
}
