using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems;

/// <summary>What functions return, as JSON.</summary>
internal static class ServiceResult
{
    /// <summary>Reads a function's result.</summary>
    public static JsonNode? ToNode(object? result) => result switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        _ => JsonSerializer.SerializeToNode(result),
    };
}
