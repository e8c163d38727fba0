using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine;

/// <summary>What goes into tools and comes out of them, as JSON.</summary>
internal static class ToolJson
{
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false };

    public static string Arguments(AIFunctionArguments arguments) => Write(new Dictionary<string, object?>(arguments));

    /// <summary>Makes a value that expressions can read: text stays text.</summary>
    public static JsonNode? Node(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        TextContent text => JsonValue.Create(text.Text),
        IEnumerable<AIContent> contents when contents.All(content => content is TextContent) => JsonValue.Create(string.Concat(contents)),
        _ => JsonSerializer.SerializeToNode(value, Options),
    };

    /// <summary>Bounds a value for a model: one that is too long becomes shortened text.</summary>
    public static object? ForModel(object? value) => value switch
    {
        string text => TextLimit.Shorten(text, TextLimit.ToolResult),
        JsonElement element when element.GetRawText().Length <= TextLimit.ToolResult => value,
        null => null,
        _ => TextLimit.Shorten(Text(value), TextLimit.ToolResult),
    };

    public static string Text(object? value)
    {
        try
        {
            return JsonText.Plain(Node(value));
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            return $"(a value of type {value?.GetType().Name} that is not JSON)";
        }
    }

    private static string Write(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, Options);
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            return "{}";
        }
    }
}
