using System.Text;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tokens;

/// <summary>Bounds tokens by bytes: every tokenizer in use maps at least one byte of text to a token.</summary>
/// <remarks>
/// The bound is proven for text; framing is bounded by <see cref="TokensPerMessage"/> and <see cref="TokensPerRequest"/>, which
/// lie above what published chat templates add. It is three to five times the real count for English: settlement frees the rest.
/// </remarks>
public sealed class ByteBoundTokenCounter : ITokenCounter
{
    /// <summary>Tokens that a chat template may add around one message.</summary>
    public const int TokensPerMessage = 16;

    /// <summary>Tokens that a provider may add to a request: priming, the tool-use preamble.</summary>
    public const int TokensPerRequest = 64;

    /// <summary>Tokens that a provider may add for a request with tools.</summary>
    public const int TokensForTools = 1_024;

    /// <summary>The least that is charged for an image or another file, above the largest published per-image count.</summary>
    public const int TokensPerFile = 16_384;

    private readonly PromptBound _bound = new(
        static text => text is null ? 0 : Encoding.UTF8.GetByteCount(text), TokensPerMessage, TokensPerRequest, TokensForTools);

    /// <summary>Gets the one instance; it has no state.</summary>
    public static ByteBoundTokenCounter Instance { get; } = new();

    /// <summary>Gets 0.3: English and code have three to four bytes a token.</summary>
    public double TypicalShare => 0.3;

    /// <inheritdoc/>
    public long UpperBound(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _bound.Of(messages, options);
    }
}
