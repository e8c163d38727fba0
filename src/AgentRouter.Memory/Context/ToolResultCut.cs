using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Cuts long results of tools in the middle, and says how much is missing.</summary>
internal static class ToolResultCut
{
    /// <summary>Gets the text of a result as a provider is sent it.</summary>
    public static string TextOf(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } value => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions),
    };

    /// <summary>Gets the length of the longest result of a message in characters.</summary>
    public static int LongestOf(ChatMessage message) =>
        message.Contents.OfType<FunctionResultContent>().Select(result => TextOf(result).Length).DefaultIfEmpty(0).Max();

    /// <summary>Cuts the results of a message; the message itself stays as it is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="length">The most characters of a result.</param>
    /// <param name="count">How many were cut.</param>
    public static ChatMessage Apply(ChatMessage message, int length, out int count)
    {
        int cut = 0;
        ChatMessage shorter = message.Clone();
        shorter.Contents = [.. message.Contents.Select(content =>
        {
            if (content is not FunctionResultContent result || TextOf(result) is not { } text || text.Length <= length)
                return content;
            cut++;
            return new FunctionResultContent(result.CallId, Middle(text, length)) { Exception = result.Exception };
        })];
        count = cut;
        return shorter;
    }

    /// <summary>Cuts a text in the middle.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most characters that stay of it.</param>
    public static string Middle(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int head = length * 2 / 3, tail = text.Length - (length - head);
        if (char.IsLowSurrogate(text[head]))
            head--;
        if (char.IsLowSurrogate(text[tail]))
            tail++;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)}\n… ({tail - head:N0} characters are left out here; ask for less at once to see them) …\n{text.AsSpan(tail)}");
    }
}
