using System.Text;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Calls;

/// <summary>What has come of a stream so far.</summary>
internal sealed class ReceivedStream(TimeProvider timeProvider, bool keepsText)
{
    private readonly StringBuilder? _text = keepsText ? new StringBuilder() : null;

    public UsageDetails? Usage { get; private set; }

    public ChatFinishReason? FinishReason { get; private set; }

    public long? FirstAt { get; private set; }

    public bool Delivered => FirstAt is not null;

    public string? Text => _text?.ToString();

    public void Add(ChatResponseUpdate update, string modelId)
    {
        FirstAt ??= timeProvider.GetTimestamp();
        update.ModelId ??= modelId;
        FinishReason = update.FinishReason ?? FinishReason;
        foreach (AIContent content in update.Contents)
        {
            if (content is UsageContent { Details: { } details })
                (Usage ??= new UsageDetails()).Add(details);
        }

        _text?.Append(update.Text);
    }
}
