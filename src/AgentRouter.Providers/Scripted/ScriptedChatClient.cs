using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AgentRouter.Configuration;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>A model that answers from a script, for demonstrations and tests without a network. It bills like a real one.</summary>
/// <remarks>
/// Tokens are counted by <see cref="ScriptedTokenCounter"/>'s rule, output likewise. The output limit cuts the answer off. A prompt prefix that
/// an earlier request of the same conversation had is billed as read from the cache, for as long as the profile's cache lives.
/// Thread-safe. Deterministic: the same requests in the same order get the same answers, ids and usage.
/// </remarks>
public sealed class ScriptedChatClient : IChatClient, IReceivesStepIdentity
{
    private const int StreamedPiece = 24;

    private readonly Script _script;
    private readonly ModelProfile _profile;
    private readonly TimeProvider _timeProvider;
    private readonly CompiledReply[] _replies;
    private readonly SimulatedPromptCache _cache;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Makes the client of one model.</summary>
    /// <param name="script">What the model answers.</param>
    /// <param name="profile">The model: name, tier, limits and cache.</param>
    /// <param name="timeProvider">The clock of latency and cache; the system's when not given.</param>
    /// <exception cref="ConfigurationException">A pattern in the script cannot be used.</exception>
    public ScriptedChatClient(Script script, ModelProfile profile, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(profile);
        _script = script;
        _profile = profile;
        _timeProvider = timeProvider ?? TimeProvider.System;
        string[] problems = [.. script.Replies.SelectMany(CompiledReply.Problems)];
        if (problems.Length > 0)
            throw new ConfigurationException($"Script '{script.Name}': {string.Join('\n', problems)}");
        _replies = [.. script.Replies.Select(reply => new CompiledReply(reply))];
        _cache = new SimulatedPromptCache(profile, _timeProvider);
        _metadata = new ChatClientMetadata("scripted", defaultModelId: profile.ModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">No reply of the script fits, the reply is a failure, or the prompt does not fit the context window.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var request = new ScriptRequest(_profile, list, options);
        (ScriptReply reply, string say) = Choose(request);
        TimeSpan latency = reply.Latency ?? _script.Latency;
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, _timeProvider, cancellationToken).ConfigureAwait(false);
        if (reply.Fail is { } failure)
            throw new ModelCallException(failure, say.Length > 0 ? say : $"Script '{_script.Name}' lets this call fail ({reply.Location}).");
        return Answer(reply, say, request, list, options);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">No reply of the script fits, the reply is a failure, or the prompt does not fit the context window.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (AIContent content in response.Messages[0].Contents)
        {
            foreach (AIContent piece in Pieces(content))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Update(response, piece);
            }
        }

        ChatResponseUpdate last = Update(response, new UsageContent(response.Usage!));
        last.FinishReason = response.FinishReason;
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: there is nothing to free.</summary>
    public void Dispose()
    {
    }

    private (ScriptReply Reply, string Say) Choose(ScriptRequest request)
    {
        foreach (CompiledReply reply in _replies)
        {
            try
            {
                if (reply.Fits(request, out string say) && reply.TryGive())
                    return (reply.Reply, say);
            }
            catch (RegexMatchTimeoutException e)
            {
                throw new ModelCallException(
                    FailureClass.InvalidRequest,
                    $"Script '{_script.Name}': the pattern {reply.Reply.When.LastResultMatches} ({reply.Reply.Location}) takes too long on the last tool's result.", e);
            }
        }

        throw new ModelCallException(
            FailureClass.InvalidRequest,
            $"Script '{_script.Name}' ({_script.SourceFile ?? "built in code"}) has no reply for this request: {request}. Add a reply whose 'when' fits.");
    }

    private ChatResponse Answer(ScriptReply reply, string say, ScriptRequest request, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        long prompt = ScriptedTokenCounter.Instance.UpperBound(messages, options);
        if (prompt > _profile.ContextWindow)
        {
            throw new ModelCallException(
                FailureClass.ContextTooLong,
                $"The prompt has {prompt} tokens, but the context window of model '{_profile.Name}' has {_profile.ContextWindow}.");
        }

        long limit = Math.Min(options?.MaxOutputTokens ?? _profile.MaxOutputTokens, _profile.MaxOutputTokens);
        limit = Math.Min(limit, _profile.ContextWindow - prompt);
        ScriptedAnswer answer = ScriptedAnswer.Write(reply, say, limit, request.CallIds);
        long cached = _cache.Use(request.Identity?.RunId ?? "", messages, options);
        string number = (messages.Count + 1).ToString(CultureInfo.InvariantCulture);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Contents) { MessageId = "message-" + number })
        {
            ResponseId = "scripted-" + number,
            ModelId = _profile.ModelId,
            FinishReason = answer.CutOff ? ChatFinishReason.Length : reply.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new UsageDetails
            {
                InputTokenCount = prompt,
                CachedInputTokenCount = cached,
                OutputTokenCount = answer.Tokens,
                TotalTokenCount = prompt + answer.Tokens,
            },
        };
    }

    private static IEnumerable<AIContent> Pieces(AIContent content)
    {
        if (content is not TextContent { Text: var text })
        {
            yield return content;
            yield break;
        }

        for (int start = 0; start < text.Length;)
        {
            int end = Math.Min(start + StreamedPiece, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end++;
            yield return new TextContent(text[start..end]);
            start = end;
        }
    }

    private static ChatResponseUpdate Update(ChatResponse response, AIContent content) => new(ChatRole.Assistant, [content])
    {
        ResponseId = response.ResponseId,
        MessageId = response.Messages[0].MessageId,
        ModelId = response.ModelId,
    };
}
