using AgentRouter.Tools.Healing.Escalation;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Healer;

/// <summary>A scripted model that <see cref="ModelEscalation"/> asks where no path is left or a monitor stopped a call: it lets nothing through that a person should see first.</summary>
internal sealed class ScriptedAdviser : IChatClient
{
    /// <summary>Gets how often it was asked.</summary>
    public int Calls { get; private set; }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"decision": "giveUp", "reason": "A person must see this first."}""")));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The escalation asks for whole answers.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
