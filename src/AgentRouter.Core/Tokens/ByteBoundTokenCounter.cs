using System.Text;
using System.Text.Json;
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
    public const int TokensPerLinkedImage = 16_384;

    /// <summary>Gets the one instance; it has no state.</summary>
    public static ByteBoundTokenCounter Instance { get; } = new();

    /// <summary>Gets 0.3: English and code have three to four bytes a token.</summary>
    public double TypicalShare => 0.3;

    /// <inheritdoc/>
    public long UpperBound(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long bound = TokensPerRequest;
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            bound += TokensPerMessage + Bytes(message.AuthorName);
            IList<AIContent> contents = message.Contents;
            for (int j = 0; j < contents.Count; j++)
                bound += OfContent(contents[j]);
        }

        if (options is null)
            return bound;
        bound += Bytes(options.Instructions);
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            bound += Bytes(schema.GetRawText());
        if (options.Tools is { Count: > 0 } tools)
        {
            bound += TokensForTools;
            for (int i = 0; i < tools.Count; i++)
                bound += OfTool(tools[i]);
        }

        return bound;
    }

    private static long OfTool(AITool tool)
    {
        long bytes = TokensPerMessage + Bytes(tool.Name) + Bytes(tool.Description);
        if (tool is AIFunctionDeclaration function)
            bytes += Bytes(function.JsonSchema.GetRawText());
        return bytes;
    }

    private static long OfContent(AIContent content) => content switch
    {
        TextContent text => Bytes(text.Text),
        TextReasoningContent reasoning => Bytes(reasoning.Text) + Bytes(reasoning.ProtectedData),
        FunctionCallContent call => TokensPerMessage + Bytes(call.Name) + Bytes(call.CallId) + OfJson(call.Arguments),
        FunctionResultContent result => TokensPerMessage + Bytes(result.CallId) + OfResult(result.Result),
        // billed by pixels, pages or seconds, not by bytes: a small file can be dear
        DataContent data => Math.Max(data.Data.Length, TokensPerLinkedImage),
        UriContent uri => TokensPerLinkedImage + Bytes(uri.Uri.OriginalString),
        _ => OfJson(content),
    };

    private static long OfResult(object? result) => result is string text ? Bytes(text) : OfJson(result);

    private static long OfJson(object? value) =>
        value is null ? 4 : JsonSerializer.SerializeToUtf8Bytes(value, AIJsonUtilities.DefaultOptions).Length;

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
