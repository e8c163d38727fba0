using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>Counts a prompt exactly as scripted models bill it: a token for each four bytes of UTF-8 of a part, rounded up, and fixed framing.</summary>
public sealed class ScriptedTokenCounter : ITokenCounter
{
    /// <summary>Gets the one instance; it has no state.</summary>
    public static ScriptedTokenCounter Instance { get; } = new();

    /// <inheritdoc/>
    public long UpperBound(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long tokens = ScriptedTokens.OfPreamble(options);
        foreach (ChatMessage message in messages)
            tokens += ScriptedTokens.OfMessage(message);
        return tokens;
    }
}
