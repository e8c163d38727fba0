using Microsoft.Extensions.AI;

namespace AgentRouter.Tools;

/// <summary>What a tool says of itself in <see cref="AITool.AdditionalProperties"/>, for those who decide who may call it; and what it is told with a call.</summary>
public static class ToolTraits
{
    /// <summary>The key under which a tool says that it may destroy something: a <see langword="bool"/>. MCP's name for it.</summary>
    public const string DestructiveKey = "destructiveHint";

    /// <summary>The key under which a tool says that it changes nothing: a <see langword="bool"/>. MCP's name for it.</summary>
    public const string ReadOnlyKey = "readOnlyHint";

    /// <summary>The key under which a tool says that the same call again does no more: a <see langword="bool"/>. MCP's name for it.</summary>
    public const string IdempotentKey = "idempotentHint";

    /// <summary>The key under which a call's key stands in <see cref="AIFunctionArguments.Context"/>: a <see langword="string"/>, the same when the call of a run
    /// is made again after its process ended, and another one for every other call. A tool hands it to a service that does nothing twice.</summary>
    public const string IdempotencyKey = "idempotencyKey";

    /// <summary>Gets whether a tool says of itself that it may destroy something.</summary>
    /// <param name="tool">The tool.</param>
    public static bool IsDestructive(AITool tool) => Says(tool, DestructiveKey);

    /// <summary>Gets whether a tool says of itself that it changes nothing.</summary>
    /// <param name="tool">The tool.</param>
    public static bool IsReadOnly(AITool tool) => Says(tool, ReadOnlyKey);

    /// <summary>Gets whether a tool says of itself that the same call again does no more.</summary>
    /// <param name="tool">The tool.</param>
    public static bool IsIdempotent(AITool tool) => Says(tool, IdempotentKey);

    private static bool Says(AITool tool, string key)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.AdditionalProperties.TryGetValue(key, out object? value) && value is true;
    }
}
