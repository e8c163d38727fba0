using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tokens;

/// <summary>Adds up everything of a request that a provider may bill as prompt; how a text counts, and the framing, are given.</summary>
/// <param name="count">Counts a text; <see langword="null"/> counts nothing.</param>
/// <param name="perMessage">The framing of a message, and of a tool, a call or a result within it.</param>
/// <param name="perRequest">The framing of a request.</param>
/// <param name="forTools">What a request with tools has besides.</param>
internal sealed class PromptBound(Func<string?, long> count, int perMessage, int perRequest, int forTools)
{
    public long Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        long bound = perRequest;
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            bound += perMessage + count(message.AuthorName);
            IList<AIContent> contents = message.Contents;
            for (int j = 0; j < contents.Count; j++)
                bound += OfContent(contents[j]);
        }

        if (options is null)
            return bound;
        bound += count(options.Instructions);
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            bound += count(schema.GetRawText());
        if (options.Tools is { Count: > 0 } tools)
        {
            bound += forTools;
            for (int i = 0; i < tools.Count; i++)
                bound += OfTool(tools[i]);
        }

        return bound;
    }

    private long OfTool(AITool tool)
    {
        long bound = perMessage + count(tool.Name) + count(tool.Description);
        return tool is AIFunctionDeclaration function ? bound + count(function.JsonSchema.GetRawText()) : bound;
    }

    private long OfContent(AIContent content) => content switch
    {
        TextContent text => count(text.Text),
        TextReasoningContent reasoning => count(reasoning.Text) + count(reasoning.ProtectedData),
        FunctionCallContent call => perMessage + count(call.Name) + count(call.CallId) + OfJson(call.Arguments),
        FunctionResultContent { Result: string text } result => perMessage + count(result.CallId) + count(text),
        FunctionResultContent result => perMessage + count(result.CallId) + OfJson(result.Result),
        // billed by pixels, pages or seconds, not by bytes: a small file can be dear
        DataContent data => Math.Max(data.Data.Length, ByteBoundTokenCounter.TokensPerFile),
        UriContent uri => ByteBoundTokenCounter.TokensPerFile + count(uri.Uri.OriginalString),
        _ => OfJson(content),
    };

    private long OfJson(object? value) => value is null ? 4 : count(JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions));
}
