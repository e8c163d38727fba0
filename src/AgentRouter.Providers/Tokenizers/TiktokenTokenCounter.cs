using AgentRouter.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;

namespace AgentRouter.Providers.Tokenizers;

/// <summary>Bounds tokens by a published tokenizer: texts are counted exactly, framing is bounded.</summary>
/// <remarks>
/// Framing: OpenAI's chat format adds three tokens a message, one for a name and three to prime the answer
/// (its cookbook, "How to count tokens with tiktoken"); tools are shown to the model as declarations that are shorter than their JSON schema.
/// The constants lie above both. What is not text is counted by bytes, as <see cref="ByteBoundTokenCounter"/> does. The bound is never above
/// that counter's.
/// </remarks>
public sealed class TiktokenTokenCounter : ITokenCounter
{
    /// <summary>The name of the tokenizer of GPT-4o and everything since.</summary>
    public const string O200kName = "o200k_base";

    /// <summary>Tokens for the framing of one message.</summary>
    public const int TokensPerMessage = 8;

    /// <summary>Tokens for the framing of a request.</summary>
    public const int TokensPerRequest = 32;

    /// <summary>Tokens for the framing of a request with tools.</summary>
    public const int TokensForTools = 256;

    private static readonly Lazy<TiktokenTokenCounter> LazyO200k = new(() => new(TiktokenTokenizer.CreateForEncoding(O200kName)));

    private readonly Tokenizer _tokenizer;
    private readonly PromptBound _bound;

    private TiktokenTokenCounter(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        _bound = new PromptBound(Count, TokensPerMessage, TokensPerRequest, TokensForTools);
    }

    /// <summary>Gets the counter for <c>o200k_base</c>. The vocabulary is loaded on first use and shared.</summary>
    public static TiktokenTokenCounter O200k => LazyO200k.Value;

    /// <inheritdoc/>
    public long UpperBound(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _bound.Of(messages, options);
    }

    /// <summary>Counts the tokens of a text.</summary>
    /// <param name="text">The text; may be <see langword="null"/>.</param>
    public long Count(string? text) => string.IsNullOrEmpty(text) ? 0 : _tokenizer.CountTokens(text);
}
