using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Agreement;

/// <summary>Two answers agree when they call the same tools with the same arguments, or, without tool calls, say the same.</summary>
/// <remarks>Of texts, case, white space and a full stop at the end do not count; of JSON, in texts and in arguments, the order of
/// properties and white space do not. The order of tool calls does not count, and neither does what is said beside them.</remarks>
public sealed class AnswerComparer : IEqualityComparer<ChatResponse>
{
    private AnswerComparer()
    {
    }

    /// <summary>Gets the comparer.</summary>
    public static AnswerComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(ChatResponse? x, ChatResponse? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && Normalize(x) == Normalize(y));

    /// <inheritdoc/>
    public int GetHashCode(ChatResponse obj) => Normalize(obj).GetHashCode(StringComparison.Ordinal);

    private static string Normalize(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        string[] calls =
        [
            .. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()
                .Select(call => $"{call.Name}({Canonical(JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions))})")
                .Order(StringComparer.Ordinal),
        ];
        return calls.Length > 0 ? string.Join('\n', calls) : Normalize(response.Text);
    }

    private static string Normalize(string text)
    {
        string plain = text.Trim();
        if (plain.StartsWith('{') || plain.StartsWith('['))
        {
            try
            {
                return Canonical(JsonNode.Parse(plain));
            }
            catch (JsonException)
            {
                // a text that only begins like JSON
            }
        }

        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.').ToLowerInvariant();
    }

    private static string Canonical(JsonNode? node) => Sorted(node)?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
