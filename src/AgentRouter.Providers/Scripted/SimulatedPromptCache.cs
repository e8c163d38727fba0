using System.Security.Cryptography;
using System.Text;
using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>A provider's prompt cache, simulated: finds how much of a prompt is a prefix that an earlier request of the same conversation had.</summary>
/// <remarks>
/// Prefixes end at message borders and are kept as a chain of hashes. The same conversation means the same run, the same tools and the same
/// first user message; real caches also share prefixes between conversations, but then parallel branches would be billed by
/// who comes first, and a run would not replay.
/// </remarks>
internal sealed class SimulatedPromptCache(ModelProfile profile, TimeProvider timeProvider)
{
    private const int MaxPrefixes = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _validUntil = [];

    /// <summary>Looks a prompt up and remembers it.</summary>
    /// <returns>The tokens found in the cache; 0 below the model's minimum.</returns>
    public long Use(string runId, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        if (profile.CacheTimeToLive <= TimeSpan.Zero)
            return 0;
        DateTimeOffset now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            long tokens = ScriptedTokens.OfPreamble(options);
            long cached = 0;
            bool inConversation = false;
            string hash = HashOf(runId + "\n" + PreambleText(options));
            foreach (ChatMessage message in messages)
            {
                hash = HashOf(hash + MessageText(message));
                tokens += ScriptedTokens.OfMessage(message);
                inConversation |= message.Role == ChatRole.User;
                if (!inConversation)
                    continue;
                if (_validUntil.TryGetValue(hash, out DateTimeOffset until) && now < until)
                    cached = tokens;
                _validUntil[hash] = now + profile.CacheTimeToLive;
            }

            Forget(now);
            return cached >= profile.CacheMinimumTokens ? cached : 0;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        if (_validUntil.Count <= MaxPrefixes)
            return;
        foreach ((string hash, DateTimeOffset until) in _validUntil)
        {
            if (until <= now)
                _validUntil.Remove(hash);
        }

        if (_validUntil.Count > MaxPrefixes)
            _validUntil.Clear();
    }

    private static string PreambleText(ChatOptions? options)
    {
        var text = new StringBuilder(options?.Instructions);
        foreach (AITool tool in options?.Tools ?? [])
            text.Append('\n').Append(tool.Name).Append(tool.Description).Append((tool as AIFunctionDeclaration)?.JsonSchema.GetRawText());
        return text.ToString();
    }

    private static string MessageText(ChatMessage message)
    {
        var text = new StringBuilder(message.Role.Value);
        foreach (AIContent content in message.Contents)
        {
            text.Append('\n').Append(content switch
            {
                TextContent part => part.Text,
                FunctionCallContent call => call.Name + ScriptedTokens.ArgumentsText(call),
                FunctionResultContent result => ScriptedTokens.ResultText(result),
                _ => ScriptedTokens.ToJson(content),
            });
        }

        return text.ToString();
    }

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
