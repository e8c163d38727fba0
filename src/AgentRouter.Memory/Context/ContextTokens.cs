using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Estimates tokens: the bound of a counter, times the share of it that is usually used.</summary>
internal sealed class ContextTokens(ITokenCounter counter)
{
    private readonly long _frame = counter.UpperBound([], null);

    /// <summary>Estimates a request.</summary>
    public long Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => Typical(counter.UpperBound(messages, options));

    /// <summary>Bounds what a message adds to a request.</summary>
    public long BoundOf(ChatMessage message) => counter.UpperBound([message], null) - _frame;

    /// <summary>Bounds a request.</summary>
    public long BoundOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => counter.UpperBound(messages, options);

    /// <summary>Estimates what a bound is usually.</summary>
    public long Typical(long bound) => (long)Math.Ceiling(bound * counter.TypicalShare);
}
