using System.Text;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Calls;

/// <summary>What has come of a stream so far.</summary>
internal sealed class ReceivedStream(TimeProvider timeProvider, bool keepsText, bool keepsUpdates)
{
    private readonly List<ChatResponseUpdate>? _updates = keepsUpdates ? [] : null;
    private readonly StringBuilder? _text = keepsText ? new StringBuilder() : null;

    /// <summary>Gets the usage that was reported last and largest: some servers send a running count with every update.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>Gets the usage once the model has finished; before that, a report says what was used so far, not what is billed.</summary>
    public UsageDetails? FinalUsage => FinishReason is null ? null : Usage;

    public ChatFinishReason? FinishReason { get; private set; }

    public long? FirstAt { get; private set; }

    public bool Delivered => FirstAt is not null;

    public string? Text => _text?.ToString();

    /// <summary>Makes one answer of all updates, or <see langword="null"/> where they are not kept.</summary>
    public ChatResponse? Response() => _updates?.ToChatResponse();

    public void Add(ChatResponseUpdate update, string modelId)
    {
        FirstAt ??= timeProvider.GetTimestamp();
        update.ModelId ??= modelId;
        FinishReason = update.FinishReason ?? FinishReason;
        foreach (AIContent content in update.Contents)
        {
            if (content is UsageContent { Details: { } details })
                Usage = Larger(Usage, details);
        }

        _text?.Append(update.Text);
        _updates?.Add(update);
    }

    private static UsageDetails Larger(UsageDetails? known, UsageDetails next)
    {
        if (known is null)
            return next;
        var counts = new AdditionalPropertiesDictionary<long>();
        foreach ((string key, long count) in (known.AdditionalCounts ?? []).Concat(next.AdditionalCounts ?? []))
            counts[key] = Math.Max(count, counts.TryGetValue(key, out long other) ? other : 0);
        return new UsageDetails
        {
            InputTokenCount = Max(known.InputTokenCount, next.InputTokenCount),
            OutputTokenCount = Max(known.OutputTokenCount, next.OutputTokenCount),
            CachedInputTokenCount = Max(known.CachedInputTokenCount, next.CachedInputTokenCount),
            AdditionalCounts = counts,
        };
    }

    private static long? Max(long? one, long? other) => one is null || other > one ? other : one;
}
