using System.Text.Json.Nodes;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>What came of a tool call.</summary>
/// <param name="Value">What the tool returned.</param>
/// <param name="Failure">What went wrong, or <see langword="null"/>.</param>
public readonly record struct ToolCallResult(JsonNode? Value, ToolFailure? Failure)
{
    /// <summary>Makes the result of a call that went well.</summary>
    /// <param name="value">What the tool returned.</param>
    public static ToolCallResult Done(JsonNode? value) => new(value, null);

    /// <summary>Makes the result of a call that failed.</summary>
    /// <param name="failure">What went wrong.</param>
    public static ToolCallResult Failed(ToolFailure failure) => new(null, failure);
}
