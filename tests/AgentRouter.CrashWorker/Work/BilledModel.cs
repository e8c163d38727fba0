using System.Globalization;
using System.Text.Json;
using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.CrashWorker.Work;

/// <summary>A model whose provider writes a bill of each answer before the answer returns.</summary>
internal sealed class BilledModel(IChatClient inner, ModelProfile profile, LineLog bills) : DelegatingChatClient(inner)
{
    private static int _answers;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
        response.ResponseId = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref _answers)}");
        bills.Add(JsonSerializer.Serialize(Charge(response)));
        return response;
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Workflows do not stream.");

    // worked out here, so that the ledger is not compared with itself
    private Bill Charge(ChatResponse response)
    {
        UsageDetails usage = response.Usage!;
        long input = usage.InputTokenCount!.Value, cached = usage.CachedInputTokenCount ?? 0, output = usage.OutputTokenCount!.Value;
        decimal micro = ((input - cached) * profile.Prices.Input) + (cached * profile.Prices.CachedRead) + (output * profile.Prices.Output);
        return new Bill(response.ResponseId!, profile.Name, input, cached, output, (long)(micro * 1_000_000m));
    }
}
