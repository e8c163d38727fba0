using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>The token rule of scripted models: a part has a token for each four bytes of UTF-8, rounded up, and framing is fixed.</summary>
internal static class ScriptedTokens
{
    public const int BytesPerToken = 4;
    public const int PerRequest = 8;
    public const int PerMessage = 4;
    public const int PerTool = 8;
    public const int PerToolCall = 4;
    public const int PerToolResult = 4;

    private static readonly JsonSerializerOptions CompactJson = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>Counts what stands before the messages: framing, instructions, tools and the schema of the answer.</summary>
    public static long OfPreamble(ChatOptions? options)
    {
        long tokens = PerRequest + OfText(options?.Instructions);
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            tokens += OfText(schema.GetRawText());
        foreach (AITool tool in options?.Tools ?? [])
        {
            tokens += PerTool + OfText(tool.Name) + OfText(tool.Description);
            if (tool is AIFunctionDeclaration function)
                tokens += OfText(function.JsonSchema.GetRawText());
        }

        return tokens;
    }

    public static long OfMessage(ChatMessage message)
    {
        long tokens = PerMessage;
        foreach (AIContent content in message.Contents)
            tokens += OfContent(content);
        return tokens;
    }

    public static long OfContent(AIContent content) => content switch
    {
        TextContent text => OfText(text.Text),
        FunctionCallContent call => PerToolCall + OfText(call.Name) + OfText(ArgumentsText(call)),
        FunctionResultContent result => PerToolResult + OfText(ResultText(result)),
        DataContent data => Rounded(data.Data.Length),
        UsageContent => 0,
        _ => OfText(ToJson(content)),
    };

    public static long OfText(string? text) => text is null ? 0 : Rounded(Encoding.UTF8.GetByteCount(text));

    public static string ArgumentsText(FunctionCallContent call) => ToJson(call.Arguments);

    /// <summary>Writes a value as JSON on one line.</summary>
    public static string ToJson(object? value) => JsonSerializer.Serialize(value, CompactJson);

    /// <summary>Writes a tool's result as a model would read it: text as it is, everything else as JSON on one line.</summary>
    public static string ResultText(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        TextContent content => content.Text,
        object value => ToJson(value),
    };

    private static long Rounded(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;
}
