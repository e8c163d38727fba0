using System.Text.Json;

namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>The words of an export: its format, the names of its properties, and how kinds are written.</summary>
/// <remarks>
/// A line says whose memory it is, then come the sources, the other nodes, the edges, and from which nodes something was learned already, each as an object on a line of
/// its own. The last line counts the nodes and edges, so that what was cut off is seen. Nodes are named by kind and key, so that an export can be read into any scope.
/// </remarks>
internal static class ExchangeWords
{
    public const string Format = "agentrouter-memory";
    public const int Version = 1;

    public static string Of<TKind>(TKind kind)
        where TKind : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static TKind? Parse<TKind>(string? word)
        where TKind : struct, Enum
    {
        foreach (TKind kind in Enum.GetValues<TKind>())
        {
            if (Of(kind) == word)
                return kind;
        }

        return null;
    }
}
