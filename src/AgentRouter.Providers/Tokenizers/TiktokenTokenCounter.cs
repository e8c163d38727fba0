using System.Text.Json;
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

    private TiktokenTokenCounter(Tokenizer tokenizer) => _tokenizer = tokenizer;

    /// <summary>Gets the counter for <c>o200k_base</c>. The vocabulary is loaded on first use and shared.</summary>
    public static TiktokenTokenCounter O200k => LazyO200k.Value;

    /// <inheritdoc/>
    public long UpperBound(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long bound = TokensPerRequest + Count(options?.Instructions);
        foreach (ChatMessage message in messages)
        {
            bound += TokensPerMessage + Count(message.AuthorName);
            foreach (AIContent content in message.Contents)
                bound += OfContent(content);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            bound += Count(schema.GetRawText());
        if (options?.Tools is { Count: > 0 } tools)
            bound += TokensForTools + tools.Sum(OfTool);
        return bound;
    }

    /// <summary>Counts the tokens of a text.</summary>
    /// <param name="text">The text; may be <see langword="null"/>.</param>
    public long Count(string? text) => string.IsNullOrEmpty(text) ? 0 : _tokenizer.CountTokens(text);

    private long OfTool(AITool tool)
    {
        long tokens = TokensPerMessage + Count(tool.Name) + Count(tool.Description);
        return tool is AIFunctionDeclaration function ? tokens + Count(function.JsonSchema.GetRawText()) : tokens;
    }

    private long OfContent(AIContent content) => content switch
    {
        TextContent text => Count(text.Text),
        TextReasoningContent reasoning => Count(reasoning.Text) + Count(reasoning.ProtectedData ?? ""),
        FunctionCallContent call => TokensPerMessage + Count(call.Name) + Count(call.CallId) + OfJson(call.Arguments),
        FunctionResultContent { Result: string text } result => TokensPerMessage + Count(result.CallId) + Count(text),
        FunctionResultContent result => TokensPerMessage + Count(result.CallId) + OfJson(result.Result),
        DataContent data => Math.Max(data.Data.Length, ByteBoundTokenCounter.TokensPerLinkedImage),
        UriContent => ByteBoundTokenCounter.TokensPerLinkedImage,
        _ => OfJson(content),
    };

    private long OfJson(object? value) => value is null ? 4 : Count(JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions));
}
