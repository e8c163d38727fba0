using Microsoft.Extensions.AI;

namespace AgentRouter.Tokens;

/// <summary>Bounds how many prompt tokens a request will be billed for.</summary>
public interface ITokenCounter
{
    /// <summary>Computes an upper bound of the prompt: messages, tools and the provider's framing, in tokens.</summary>
    /// <param name="messages">The messages that will be sent.</param>
    /// <param name="options">The options that will be sent, with the tools; may be <see langword="null"/>.</param>
    /// <returns>A count that the provider's own never exceeds.</returns>
    long UpperBound(IReadOnlyList<ChatMessage> messages, ChatOptions? options);

    /// <summary>Gets how much of the bound is usually used, between 0 and 1; expected costs are computed with it, reservations never.</summary>
    double TypicalShare => 1.0;
}
